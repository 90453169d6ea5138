//===- Page.h - The lab as one file of HTML ---------------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace cria::lab {

/// Data of the page under the id by which its modules know it.
struct Block {
  std::string id;
  std::string content;   ///< of any bytes
  bool relative = false; ///< IR, to be packed with relative names
};

/// A page that needs neither another file nor a network.
std::string toPage(std::vector<Block> blocks);

/// The definitions of ops, in TableGen and as the f64 reference, as JSON: text by file name.
std::string definitions();

} // namespace cria::lab

//===- ReadText.h - Text from a file or standard input ----------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::rt {

/// All of `path`, or of standard input if it is "-". Throws cria::Error, also if it is
/// larger than any prompt can be.
std::string readText(const std::string &path);

} // namespace cria::rt

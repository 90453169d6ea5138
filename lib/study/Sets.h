//===- Sets.h - The sets of fusions to compare ------------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include "passes/fuse/Fusions.h"
#include <string>
#include <vector>

namespace cria::study {

enum class SetKind { none, only, without, all };

struct FusionSet {
  SetKind kind = SetKind::none;
  std::string fusion;              ///< for `only` and `without`
  std::vector<llvm::StringRef> on; ///< in execution order

  /// Such as "without rope-into-attention".
  std::string name() const;
};

/// Of the fusions in `list` (syntax of selectFusions): none, each alone, each left out, all.
/// Duplicates are dropped. Throws cria::Error.
std::vector<FusionSet> setsOf(llvm::StringRef list);

} // namespace cria::study

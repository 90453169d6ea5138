//===- Sets.h - The sets of fusions that are compared -----------*- C++ -*-===//
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
  std::string fusion;              ///< of `only` and `without`
  std::vector<llvm::StringRef> on; ///< in the order in which they run

  /// Such as "without rope-into-attention".
  std::string name() const;
};

/// None, each alone, each left out, all: of the fusions in `list`, which is as for
/// selectFusions. Sets that are equal are there once. Throws cria::Error.
std::vector<FusionSet> setsOf(llvm::StringRef list);

} // namespace cria::study

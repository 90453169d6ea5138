//===- FusionSets.h - The sets of fusions to compare ------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include "passes/fuse/Fusions.h"
#include <string>
#include <vector>

namespace cria::driver {

enum class SetKind { none, only, without, all, scheduled };

struct FusionSet {
  SetKind kind = SetKind::none;
  std::string fusion;              ///< for `only` and `without`
  std::vector<llvm::StringRef> on; ///< in execution order
  std::string schedule;            ///< for `scheduled`: the name of a file of schedules

  /// Such as "without rope-into-attention" or "schedule wide".
  std::string name() const;
};

/// Of the fusions in `list` (syntax of selectFusions): none, each alone, each left out, all; then
/// all with each of `schedules`. Duplicates are dropped. Throws cria::Error.
std::vector<FusionSet> setsOf(llvm::StringRef list, llvm::ArrayRef<std::string> schedules = {});

} // namespace cria::driver

//===- Policies.h - How kernels are computed best ---------------*- C++ -*-===//
//
// What `cria-choose-schedule` decides, one file each. All ask the description of the target
// (dialect/base/Target.h), none which CPU it is.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/Cria.h"
#include "dialect/base/Target.h"

namespace cria {

class Unit;

/// Whether `kernel` multiplies matrices.
bool hasProducts(KernelOp kernel);

/// Sums of a product in registers of `unit`, and the cut of its reduction that they are computed
/// for.
struct ProductBlock {
  int64_t rows, outputs; ///< elements
  int64_t depth;         ///< elements of the reduction, one of which is 32 bits
};
ProductBlock chooseBlock(const TargetInfo &target, const Unit &unit);

/// The fastest unit that multiplies with a weight of `kernel`.
UnitKind chooseUnit(KernelOp kernel, const TargetInfo &target);

/// Rows of the cache that attention handles at a time; 0 if `kernel` has no attention.
int64_t chooseKeys(KernelOp kernel, const TargetInfo &target);

/// Bytes ahead of the reads of the cache at which memory is asked for; 0 for none, and if `kernel`
/// is not attention of one token.
int64_t chooseKeyPrefetch(KernelOp kernel, const TargetInfo &target);

/// Rows of weights that are read at the same time for a few tokens, and bytes ahead of the reads of
/// each place at which memory is asked for.
struct Streams {
  int64_t rows, prefetch;
};
Streams chooseStreams(KernelOp kernel, const TargetInfo &target);

} // namespace cria

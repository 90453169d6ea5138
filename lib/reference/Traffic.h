//===- Traffic.h - What a kernel touches of memory --------------*- C++ -*-===//
#pragma once
#include "reference/Values.h"

namespace cria::reference {

/// The boundary of a kernel that runs: while this lives, what the kernel uses from outside are
/// copies of which each element knows where it comes from.
class Boundary {
public:
  Boundary(KernelOp kernel, Values &values);
  ~Boundary();
  Boundary(const Boundary &) = delete;
  Boundary &operator=(const Boundary &) = delete;

  /// What the kernel has read by now, and has written if these are its results, which then no
  /// longer know where they come from.
  Traffic count(std::vector<Value> &results);

private:
  struct Outside {
    mlir::Value value;
    Value before;         ///< what it is outside
    std::uint32_t origin; ///< of its first element
  };
  KernelOp kernel;
  Values &values;
  std::vector<Outside> outside;
  std::vector<bool> touched; ///< by origin
};

} // namespace cria::reference

//===- StepFigures.h - What entry points cost, by the model of costs -*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"
#include "report/StepCost.h"

namespace cria::measure {

/// Costs of what a Workbench runs, counted on IR whose work is in kernels.
class StepFigures {
public:
  explicit StepFigures(driver::Lowering &lowering)
      : decodeEntry(lowering.entry("decode")), prefillEntry(lowering.entry("prefill")),
        headEntry(lowering.entry("head")), chunk(lowering.how().chunk) {}

  std::int64_t decodeKernels() const { return report::kernelCount(decodeEntry); }
  std::int64_t decodeIntermediates() const { return report::intermediateBytes(decodeEntry, 0); }

  /// Of `tokens` steps after `context` tokens.
  Cost decode(std::int64_t context, std::int64_t tokens) const {
    Cost cost;
    for (std::int64_t i = 0; i < tokens; ++i)
      cost += report::stepCost(decodeEntry, context + i);
    return cost;
  }
  /// Of a prompt of `tokens` after `context` others. Of a last chunk that is not full, only
  /// the part that counts is counted.
  Cost prefill(std::int64_t context, std::int64_t tokens) const;

private:
  mlir::func::FuncOp decodeEntry, prefillEntry, headEntry;
  std::int64_t chunk;
};

} // namespace cria::measure

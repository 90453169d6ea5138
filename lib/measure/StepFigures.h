//===- StepFigures.h - Predicted costs of a measurement ---------*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"
#include "measure/Point.h"
#include "report/StepCost.h"

namespace cria::measure {

/// Predicted costs of the runs of a Workbench, counted on the IR after the `schedule` phase.
class StepFigures {
public:
  explicit StepFigures(driver::Lowering &lowering)
      : decodeEntry(lowering.entry("decode")), prefillEntry(lowering.entry("prefill")),
        headEntry(lowering.entry("head")), chunk(lowering.how().chunk) {}

  std::int64_t decodeKernels() const { return report::kernelCount(decodeEntry); }
  std::int64_t decodeIntermediates() const {
    return report::intermediateBytes(decodeEntry, {0, 1});
  }

  /// Cost of all tokens of `point`.
  Cost cost(const Point &point) const {
    return point.entry == Entry::decode ? decode(point.context, point.tokens)
                                        : prefill(point.context, point.tokens);
  }

private:
  Cost decode(std::int64_t context, std::int64_t tokens) const;
  Cost prefill(std::int64_t context, std::int64_t tokens) const;

  mlir::func::FuncOp decodeEntry, prefillEntry, headEntry;
  std::int64_t chunk;
};

} // namespace cria::measure

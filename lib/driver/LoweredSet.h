//===- LoweredSet.h - What a set of fusions leads to ------------*- C++ -*-===//
#pragma once
#include "driver/Options.h"
#include "driver/Source.h"
#include "driver/Target.h"
#include "report/Report.h"

namespace cria::driver {

struct FusionRemark;

report::Remark toReport(const FusionRemark &remark);

struct LoweredSet {
  report::FusionSet facts; ///< without a text
  std::string text;        ///< IR after the phase `fuse`
};

/// Lowers the model with the fusions whose bits are set in `on`, in the order of fusions(); of the
/// entry points only `entry`, unless it is empty. Costs are of the IR after the phase `schedule`.
/// Throws cria::Error.
LoweredSet lowerSet(std::uint64_t on, const Options &options, const Source &source,
                    const Target &target, llvm::StringRef entry = "");

} // namespace cria::driver

//===- Options.h - Options of a study ---------------------------*- C++ -*-===//
#pragma once
#include "measure/CommandLine.h"

namespace cria::study {

/// A file of schedules to compare with those chosen.
struct ScheduleFile {
  std::string name, path;
};

struct Options : measure::Options {
  std::string fusions;   ///< the fusions to study, in the syntax of selectFusions
  int threads = 0;       ///< 0: all processors that this process may use
  bool reference = true; ///< take errors from the f64 reference
  std::string csv;       ///< a path, or empty
  std::string report;    ///< a path, or empty
  std::vector<ScheduleFile> schedules;

  /// Whether code runs: here, unless it is for a machine that is named.
  bool times() const { return compile.plan.target.empty() && compile.plan.cpu.empty(); }
};

} // namespace cria::study

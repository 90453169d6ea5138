//===- Options.h - What a study is asked for --------------------*- C++ -*-===//
#pragma once
#include "driver/Options.h"
#include <vector>

namespace cria::study {

struct Options {
  driver::Options compile;
  std::string fusions;                ///< those that are studied, as for selectFusions
  std::vector<std::int64_t> contexts; ///< empty: 0, and 2048 if the model takes that
  std::int64_t tokens = 16;           ///< of a decode measurement
  std::int64_t rounds = 5;
  int threads = 0;       ///< 0: as OpenMP chooses
  bool reference = true; ///< errors against the f64 reference, if it is not too slow
  bool progress = false; ///< also where standard error is no terminal
  std::string json, csv; ///< paths, or empty
};

} // namespace cria::study

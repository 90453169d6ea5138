//===- Options.h - What a study is asked for --------------------*- C++ -*-===//
#pragma once
#include "measure/CommandLine.h"

namespace cria::study {

struct Options : measure::Options {
  std::string fusions;   ///< those that are studied, as for selectFusions
  int threads = 0;       ///< 0: as OpenMP chooses
  bool reference = true; ///< errors against the f64 reference
  std::string csv;       ///< a path, or empty
};

} // namespace cria::study

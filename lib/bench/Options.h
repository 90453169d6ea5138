//===- Options.h - What a benchmark is asked for ----------------*- C++ -*-===//
#pragma once
#include "measure/CommandLine.h"

namespace cria::bench {

struct Options : measure::Options {
  std::vector<std::int64_t> threads; ///< empty: as OpenMP chooses
  std::int64_t prompt = 0;           ///< tokens; 0: 512, or what a session can hold
};

} // namespace cria::bench

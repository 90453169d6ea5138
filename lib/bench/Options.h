//===- Options.h - Options of a benchmark -----------------------*- C++ -*-===//
#pragma once
#include "measure/CommandLine.h"

namespace cria::bench {

struct Options : measure::Options {
  std::vector<std::int64_t> threads; ///< empty: all processors that this process may use
  std::int64_t prompt = 0;           ///< tokens; 0: 512, or a session's capacity if less
};

} // namespace cria::bench

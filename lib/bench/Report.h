//===- Report.h - A benchmark as text and as JSON ---------------*- C++ -*-===//
#pragma once
#include "bench/Results.h"

namespace cria::bench {

/// Tables for a terminal: decode against memory bandwidth, prefill against peak FLOP/s.
std::string toText(const Results &results);
/// All results, with the samples of each round.
std::string toJson(const Results &results);

} // namespace cria::bench

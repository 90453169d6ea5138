//===- Report.h - A study as text and as files ------------------*- C++ -*-===//
#pragma once
#include "study/Results.h"

namespace cria::study {

/// Tables for a terminal: counts, times, and the contribution of each fusion.
std::string toText(const Results &results);
/// All results, with the samples of each round.
std::string toJson(const Results &results);
/// The same, as a page that shows it.
std::string toPage(const Results &results);
/// One row per set and point.
std::string toCsv(const Results &results);

} // namespace cria::study

//===- Report.h - A study as text and as files ------------------*- C++ -*-===//
#pragma once
#include "study/Results.h"

namespace cria::study {

/// Tables for a terminal: what was counted, what was timed, what each fusion brings.
std::string toText(const Results &results);
/// Everything, with the samples of each round.
std::string toJson(const Results &results);
/// A row for each set at each point.
std::string toCsv(const Results &results);

} // namespace cria::study

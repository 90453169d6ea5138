//===- Json.h - Measurements as JSON ----------------------------*- C++ -*-===//
//
// Each of these adds attributes to the object that is being written. JSON has no NaN: null
// stands for it.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "measure/Point.h"
#include "measure/Statistics.h"
#include "llvm/Support/JSON.h"

namespace cria::measure {

void writeNumber(llvm::json::OStream &json, llvm::StringRef key, double value);
/// The median, and the spread as "KEY_spread".
void writeSummary(llvm::json::OStream &json, llvm::StringRef key, const Summary &summary);
void writeSamples(llvm::json::OStream &json, llvm::StringRef key,
                  const std::vector<double> &samples);
/// As entry, context, tokens.
void writePoint(llvm::json::OStream &json, const Point &point);

} // namespace cria::measure

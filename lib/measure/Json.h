//===- Json.h - Measurements as JSON ----------------------------*- C++ -*-===//
//
// Each function adds attributes to the object being written. JSON has no NaN; it is written as
// null.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "measure/Point.h"
#include "measure/Statistics.h"
#include "llvm/Support/JSON.h"

namespace cria::measure {

void writeNumber(llvm::json::OStream &json, llvm::StringRef key, double value);
/// The median as KEY, the spread as KEY_spread.
void writeSummary(llvm::json::OStream &json, llvm::StringRef key, const Summary &summary);
void writeSamples(llvm::json::OStream &json, llvm::StringRef key,
                  const std::vector<double> &samples);
/// The attributes entry, context and tokens.
void writePoint(llvm::json::OStream &json, const Point &point);

} // namespace cria::measure

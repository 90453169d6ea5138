//===- Json.cpp - Measurements as JSON ------------------------------------===//
#include "measure/Json.h"
#include <cmath>

namespace cria::measure {

void writeNumber(llvm::json::OStream &json, llvm::StringRef key, double value) {
  json.attribute(key, std::isfinite(value) ? llvm::json::Value(value) : llvm::json::Value(nullptr));
}

void writeSummary(llvm::json::OStream &json, llvm::StringRef key, const Summary &summary) {
  writeNumber(json, key, summary.median);
  writeNumber(json, (key + "_spread").str(), summary.spread());
}

void writeSamples(llvm::json::OStream &json, llvm::StringRef key,
                  const std::vector<double> &samples) {
  json.attributeArray(key, [&] {
    for (double sample : samples)
      json.value(sample);
  });
}

void writePoint(llvm::json::OStream &json, const Point &point) {
  json.attribute("entry", point.entryName());
  json.attribute("context", point.context);
  json.attribute("tokens", point.tokens);
}

} // namespace cria::measure

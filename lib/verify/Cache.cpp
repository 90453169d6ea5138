//===- Cache.cpp - How keys and values are rounded ------------------------===//
#include "verify/Cache.h"
#include "verify/Formats.h"
#include <algorithm>

namespace cria::verify {
namespace {

/// Integers to 127 and the scale of 32 neighbours, which is rounded where it is stored.
void roundToQ8_0(std::span<double> block) {
  double greatest = 0;
  for (double value : block)
    greatest = std::max(greatest, std::abs(value));
  double step = greatest / 127, stored = rounded(Format::f16, step);
  for (double &value : block)
    value = step == 0 ? 0 : stored * std::nearbyint(value / step);
}

void roundTo(Format format, std::span<double> rows) {
  for (double &value : rows)
    value = rounded(format, value);
}

} // namespace

void roundTo(Cache cache, std::span<double> rows, const Errors &errors) {
  // An error that is smaller than the spacing shows only where a number lies between two; errors
  // are drawn larger, so that some draws see it happen.
  constexpr double widened = 128 * roundoff;
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] *= 1 + widened * errors(i);
  switch (cache) {
  case Cache::f32:
    return;
  case Cache::f16:
    return roundTo(Format::f16, rows);
  case Cache::bf16:
    return roundTo(Format::bf16, rows);
  case Cache::q8_0:
    constexpr std::size_t elements = 32;
    for (std::size_t first = 0; first < rows.size(); first += elements)
      roundToQ8_0(rows.subspan(first, elements));
    return;
  }
}

} // namespace cria::verify

//===- Check.cpp - Answers against what is expected -----------------------===//
#include "verify/Check.h"
#include <algorithm>
#include <cstdio>
#include <limits>

namespace cria::verify {

std::string Deviation::text() const {
  char text[256];
  std::snprintf(text, sizeof text,
                "position %lld, token %lld: got %.9g, expected %.9g: error %.2g, bound %.2g",
                static_cast<long long>(position), static_cast<long long>(token), found, expected,
                error, bound);
  return text;
}

Check::Check(const Expected &expected) : expected(expected) {
  for (double logit : expected.logits.data)
    scale = std::max(scale, std::abs(logit));
  // All logits may be 0; then any error is infinitely large beside them.
  scale = std::max(scale, std::numeric_limits<double>::min());
}

void Check::see(std::int64_t position, std::span<const float> logits) {
  auto found = std::ranges::lower_bound(expected.positions, position);
  if (found == expected.positions.end() || *found != position)
    return;
  ++seen;
  auto row = std::size_t(found - expected.positions.begin());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    Deviation one{position,  std::int64_t(i),
                  logits[i], expected.logits.row(std::int64_t(row))[i],
                  0,         expected.bound(row, i)};
    one.error = std::abs(one.found - one.expected);
    // NaN is greater than nothing, and would pass.
    if (std::isnan(one.error))
      one.error = INFINITY;
    error = std::max(error, one.error);
    if (one.ofBound() > furthest.ofBound())
      furthest = one;
  }
}

} // namespace cria::verify

//===- Report.cpp - What cria-run prints ----------------------------------===//
#include "run/Report.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace cria::run {

std::string describe(std::size_t number, const std::string &type, const reference::Tensor &values) {
  std::string text = fmt::format("result {}: {}", number, type);
  const std::vector<double> &data = values.data;
  if (data.empty())
    return text + ", no elements";
  auto notNumbers = std::count_if(data.begin(), data.end(), [](double x) { return std::isnan(x); });
  if (notNumbers) {
    text += fmt::format(", {} of {} elements are NaN:", notNumbers, data.size());
  } else {
    auto [least, greatest] = std::minmax_element(data.begin(), data.end());
    text += fmt::format(", from {:.6g} to {:.6g}:", *least, *greatest);
  }
  constexpr std::size_t most = 6;
  for (std::size_t i = 0; i < std::min(most, data.size()); ++i)
    text += fmt::format(" {:.6g}", data[i]);
  return text + (data.size() > most ? " ..." : "");
}

double relativeError(const reference::Tensor &found, const reference::Tensor &expected) {
  double worst = 0, greatest = 0;
  for (std::size_t i = 0; i < expected.data.size(); ++i) {
    double a = found.data[i], b = expected.data[i];
    if (std::isfinite(b))
      greatest = std::max(greatest, std::abs(b));
    if (a == b || (std::isnan(a) && std::isnan(b)))
      continue;
    double difference = std::abs(a - b);
    worst = std::isfinite(difference) ? std::max(worst, difference) : INFINITY;
  }
  return greatest > 0 ? worst / greatest : worst;
}

double roundingOf(Element element) {
  switch (element) {
  case Element::f16:
    return 0x1p-11;
  case Element::bf16:
    return 0x1p-8;
  case Element::f32:
  case Element::i32:
#define CASE(NAME, word, ...) case Element::word:
    CRIA_BLOCK_STORAGES(CASE) // never results
#undef CASE
    break;
  }
  return 0;
}

} // namespace cria::run

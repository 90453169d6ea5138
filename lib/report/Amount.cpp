//===- Amount.cpp - An amount as terms of context and tokens --------------===//
#include "report/Amount.h"

namespace cria::report {

Amount amountOf(llvm::function_ref<int64_t(Step)> of) {
  int64_t first = of({/*context=*/0, /*tokens=*/1});
  int64_t ofContext = of({1, 1}) - first; // per_row + per_pair
  int64_t second = of({0, 2});
  int64_t perPair = of({1, 2}) - second - ofContext, perRow = ofContext - perPair;
  // The tokens of some entry points are fixed; then only the context counts.
  int64_t perToken = second == first ? 0 : second - first - perRow - 2 * perPair;
  return {first - perToken - perRow - perPair, perToken, perRow, perPair};
}

int64_t valueOf(const Amount &terms, Step step) {
  auto [context, tokens] = step;
  return terms[0] + terms[1] * tokens + terms[2] * (context + tokens) +
         terms[3] * (tokens * context + tokens * (tokens + 1) / 2);
}

} // namespace cria::report

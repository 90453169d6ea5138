//===- Amount.cpp - An amount as terms of context and tokens --------------===//
#include "report/Amount.h"

namespace cria::report {

Amount amountOf(llvm::function_ref<int64_t(Step)> of) {
  int64_t first = of({/*context=*/0, /*tokens=*/1});
  int64_t ofContext = of({1, 1}) - first; // per_row + per_pair
  int64_t second = of({0, 2});
  int64_t perPair = of({1, 2}) - second - ofContext, perRow = ofContext - perPair;
  // The tokens of some entry points are fixed; then only the context counts.
  if (second == first)
    return {first - perRow - perPair, 0, perRow, perPair, 0};
  // What is left at an empty cache is fixed + perToken * t + perSquare * t * t.
  auto rest = [&](int64_t tokens) {
    return of({0, tokens}) - perRow * tokens - perPair * tokens * (tokens + 1) / 2;
  };
  int64_t perSquare = (rest(3) - 2 * rest(2) + rest(1)) / 2;
  int64_t perToken = rest(2) - rest(1) - 3 * perSquare;
  return {rest(1) - perToken - perSquare, perToken, perRow, perPair, perSquare};
}

int64_t valueOf(const Amount &terms, Step step) {
  auto [context, tokens] = step;
  return terms[0] + terms[1] * tokens + terms[2] * (context + tokens) +
         terms[3] * (tokens * context + tokens * (tokens + 1) / 2) + terms[4] * tokens * tokens;
}

} // namespace cria::report

#include "runtime/cli/Perplexity.h"
#include "runtime/Fail.h"
#include "runtime/LogProb.h"
#include <algorithm>
#include <cmath>

namespace cria::rt {

Perplexity measurePerplexity(Session &session, std::span<const int32_t> tokens,
                             const Session::Pause &pause) {
  auto context = static_cast<size_t>(session.context());
  double total = 0;
  int64_t counted = 0;
  for (size_t begin = 0; begin < tokens.size(); begin += context) {
    auto piece = tokens.subspan(begin, std::min(context, tokens.size() - begin));
    if (piece.size() < 2)
      break;
    session.reset();
    session.prefill(
        piece,
        [&](int64_t position, std::span<const float> logits) {
          auto next = static_cast<size_t>(position) + 1;
          if (next == piece.size())
            return;
          total += logSumExp(logits) - logits[static_cast<size_t>(piece[next])];
          ++counted;
        },
        pause);
  }
  if (counted == 0)
    fail("a text of {} tokens in a context of {} has nothing to predict", tokens.size(), context);
  return {std::exp(total / static_cast<double>(counted)), counted};
}

} // namespace cria::rt

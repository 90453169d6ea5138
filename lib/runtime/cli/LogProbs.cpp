//===- LogProbs.cpp - What --logprobs prints ------------------------------===//
#include "runtime/cli/LogProbs.h"
#include "runtime/LogProb.h"
#include "runtime/cli/Output.h"
#include <nlohmann/json.hpp>
#include <numeric>

namespace cria::rt {
namespace {

using Json = nlohmann::ordered_json;

Json describe(const Model &model, int32_t token, const Json &logProb) {
  Json out{{"token", token}};
  if (model.hasTokenizer())
    out["text"] = model.tokenizer().bytes(token, /*skipSpecial=*/false);
  out["logprob"] = logProb;
  return out;
}

/// The `count` likeliest tokens.
std::vector<int32_t> likeliestTokens(std::span<const float> logits, int64_t count) {
  std::vector<int32_t> tokens(logits.size());
  std::iota(tokens.begin(), tokens.end(), 0);
  auto end = tokens.begin() + std::min<ptrdiff_t>(count, std::ssize(tokens));
  auto likelier = [&](int32_t a, int32_t b) {
    float first = logits[static_cast<size_t>(a)], second = logits[static_cast<size_t>(b)];
    return first != second ? first > second : a < b;
  };
  std::partial_sort(tokens.begin(), end, tokens.end(), likelier);
  tokens.erase(end, tokens.end());
  return tokens;
}

void print(int64_t position, const Json &fields) {
  Json line{{"position", position}};
  line.update(fields);
  // A token may be a part of a character.
  writeOutput(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace

void printLogProbs(Session &session, std::span<const int32_t> tokens, int64_t alternatives,
                   const Session::Pause &pause) {
  const Model &model = session.model();
  auto visit = [&](int64_t position, std::span<const float> logits) {
    auto next = static_cast<size_t>(position) + 1;
    if (position == 0)
      print(0, describe(model, tokens[0], nullptr));
    if (next == tokens.size())
      return;
    double sum = logSumExp(logits);
    auto logProb = [&](int32_t token) { return logits[static_cast<size_t>(token)] - sum; };
    Json fields = describe(model, tokens[next], logProb(tokens[next]));
    if (alternatives > 0) {
      Json &top = fields["top"] = Json::array();
      for (int32_t token : likeliestTokens(logits, alternatives))
        top.push_back(describe(model, token, logProb(token)));
    }
    print(position + 1, fields);
  };
  session.prefill(tokens, visit, pause);
}

} // namespace cria::rt

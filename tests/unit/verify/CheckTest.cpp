//===- CheckTest.cpp - Answers that are off are seen ----------------------===//
#include "verify/Check.h"
#include "cria/runtime/abi.h"
#include "storage/Storage.h"
#include "verify/Random.h"
#include <catch2/catch.hpp>

using namespace cria::verify;

namespace {

/// One layer, with random weights.
Architecture model(std::int64_t vocab = 50) {
  Architecture result{vocab, 16, "embed.weight", {}, "head.weight"};
  Attention attention;
  attention.heads = 4;
  attention.kvHeads = 2;
  attention.headDim = 8;
  attention.name = "attn";
  Norm norm{Norm::Kind::rms, 1e-5, "norm"};
  result.blocks = {Residual{{norm, attention}},
                   Residual{{norm, Gated{Gated::Gate::silu, 24, false, "mlp"}}}, norm};
  return result;
}

const RandomWeights weights(1,
                            [](const std::string &, std::size_t) -> const cria::storage::Storage & {
                              return cria::storage::storageOf(CRIA_F32);
                            });
constexpr Conditions conditions{40, 8, Cache::f32, false, 1e8};

/// The expected logits, as answers.
std::vector<float> answer(const Expected &expected, std::size_t row) {
  auto logits = expected.logits.row(std::int64_t(row));
  return {logits.begin(), logits.end()};
}

} // namespace

TEST_CASE("a small model is checked at every position of its context") {
  Expected expected = expect(model(), weights, conditions);
  CHECK(expected.tokens.size() == 40);
  CHECK(expected.positions.size() == 40);
  CHECK(std::ranges::count(expected.tokens, 0) > 0);
  CHECK(std::ranges::count(expected.tokens, 49) > 0);
  CHECK(expected.ofTheta.value() > 1);
}

TEST_CASE("little work is shared out to the borders of chunks and the ends") {
  Expected expected = expect(model(5000), weights, {40, 8, Cache::f32, false, 8e6});
  CHECK(expected.tokens.size() > 8);
  CHECK(expected.positions.size() < expected.tokens.size());
  CHECK(expected.positions.front() == 0);
  CHECK(expected.positions.back() == std::int64_t(expected.tokens.size()) - 1);
  CHECK(std::ranges::is_sorted(expected.positions));
}

TEST_CASE("a budget of nothing still checks two tokens") {
  Expected expected = expect(model(), weights, {40, 8, Cache::f32, 1});
  CHECK(expected.tokens.size() == 2);
  CHECK(!expected.ofEps);
}

TEST_CASE("expected answers pass, one that is off by its bound and more does not") {
  Expected expected = expect(model(), weights, conditions);
  Check right(expected), wrong(expected);
  for (std::size_t row = 0; row < expected.positions.size(); ++row) {
    std::vector<float> logits = answer(expected, row);
    right.see(expected.positions[row], logits);
    if (row == 3)
      logits[5] += float(1.1 * expected.bound(row, 5));
    wrong.see(expected.positions[row], logits);
  }
  CHECK(right.passed());
  CHECK(right.rows() == 40);
  CHECK(!wrong.passed());
  CHECK(wrong.worst().position == 3);
  CHECK(wrong.worst().token == 5);
  CHECK(wrong.worst().text().starts_with("position 3, token 5: got "));
  CHECK(wrong.greatest() < 1e-4);
}

TEST_CASE("what is not a number does not pass") {
  Expected expected = expect(model(), weights, conditions);
  Check check(expected);
  std::vector<float> logits = answer(expected, 0);
  logits[1] = std::numeric_limits<float>::quiet_NaN();
  check.see(0, logits);
  CHECK(!check.passed());
}

#include "runtime/Sampler.h"
#include "TestSupport.h"
#include <cmath>
#include <map>

using namespace cria::rt;

namespace {

using Logits = std::vector<float>;

/// Tokens of many draws from the same logits, with their share.
std::map<int32_t, double> shares(const SamplerOptions &options, const Logits &logits) {
  Sampler sampler(options, static_cast<int64_t>(logits.size()));
  constexpr int draws = 20000;
  std::map<int32_t, double> result;
  for (int i = 0; i < draws; ++i)
    result[sampler.sample(logits)] += 1.0 / draws;
  return result;
}

const Logits mixed = {std::log(0.1f), std::log(0.4f), std::log(0.2f), std::log(0.3f)};

} // namespace

TEST_CASE("temperature 0 takes the largest logit, the lowest id among equals") {
  Sampler sampler({}, 4);
  CHECK(sampler.sample(Logits{1, 3, 2, 3}) == 1);
  CHECK(sampler.sample(Logits{-5, -5, -5, -5}) == 0);
}

TEST_CASE("draws follow the softmax at the temperature") {
  auto one = shares({.temperature = 1}, mixed);
  CHECK(one[0] == Approx(0.1).margin(0.01));
  CHECK(one[1] == Approx(0.4).margin(0.01));
  CHECK(one[2] == Approx(0.2).margin(0.01));
  CHECK(one[3] == Approx(0.3).margin(0.01));
  auto half = shares({.temperature = 0.5}, mixed); // probabilities squared, over 0.3
  CHECK(half[1] == Approx(0.16 / 0.3).margin(0.015));
  auto cold = shares({.temperature = 1e-300}, mixed);
  CHECK(cold.size() == 1);
  CHECK(cold.count(1) == 1);
}

TEST_CASE("top-k, top-p and min-p keep the likeliest") {
  auto topK = shares({.temperature = 1, .topK = 2}, mixed);
  CHECK(topK.size() == 2);
  CHECK(topK[1] == Approx(4.0 / 7).margin(0.015));
  CHECK(topK[3] == Approx(3.0 / 7).margin(0.015));
  CHECK(shares({.temperature = 1, .topK = 100}, mixed).size() == 4);

  auto topP = shares({.temperature = 1, .topP = 0.65}, mixed);
  CHECK(topP.size() == 2); // 0.4 and 0.3 pass 0.65
  CHECK(topP[1] == Approx(4.0 / 7).margin(0.015));
  CHECK(shares({.temperature = 1, .topP = 1e-9}, mixed).size() == 1);

  auto minP = shares({.temperature = 1, .minP = 0.6}, mixed);
  CHECK(minP.size() == 2); // 0.2 is less than 0.6 of 0.4
  CHECK(minP.count(3) == 1);

  CHECK(shares({.temperature = 1, .topK = 3, .topP = 0.5, .minP = 0.9}, mixed).size() == 1);
}

TEST_CASE("the repeat penalty weakens each token of the sequence once") {
  Sampler sampler({.repeatPenalty = 2}, 3);
  CHECK(sampler.sample(Logits{3, 2, 1}) == 0);
  sampler.prompt(std::vector<int32_t>{0});
  sampler.accept(0);
  CHECK(sampler.sample(Logits{3, 2, 1}) == 1);    // 1.5 2 1
  CHECK(sampler.sample(Logits{3, 1.4f, 1}) == 0); // 1.5, not 0.75
  CHECK(sampler.sample(Logits{-1, -1.5f, -3}) == 1);
  for (int i = 0; i < 200; ++i)
    sampler.accept(2);
  CHECK(sampler.sample(Logits{3, 2, 1}) == 1);
  sampler.reset();
  CHECK(sampler.sample(Logits{3, 2, 1}) == 0);
}

TEST_CASE("the repeat penalty may look at the last tokens only") {
  Sampler sampler({.repeatPenalty = 2, .repeatWindow = 2}, 3);
  sampler.accept(0);
  sampler.accept(2);
  CHECK(sampler.sample(Logits{3, 2, 1}) == 1);
  sampler.accept(2); // pushes 0 out
  CHECK(sampler.sample(Logits{3, 2, 1}) == 0);
}

TEST_CASE("tokens that are not allowed are left out") {
  Sampler sampler({.noRepeatNgram = 2,
                   .banned = {{3}, {0, 1}, {9}},
                   .eos = {2},
                   .minTokens = 2,
                   .minLength = 5,
                   .beginSuppress = {4}},
                  5);
  Logits logits = {1, 2, 3, 5, 4};
  sampler.prompt(std::vector<int32_t>{0, 4});
  CHECK(sampler.sample(logits) == 1); // not 3, nor 2 so early, nor 4 at first
  sampler.accept(0);
  CHECK(sampler.sample(logits) == 0); // nor 1 after 0, nor "0 4" again
  sampler.accept(1);
  CHECK(sampler.sample(logits) == 4); // the sequence is too short for 2
  sampler.accept(1);
  CHECK(sampler.sample(logits) == 4);
  sampler.accept(4);
  CHECK(sampler.sample(logits) == 4);
  Sampler none({.banned = {{0}}}, 1);
  CHECK(test::errorOf([&] { none.sample(Logits{1}); }) ==
        "no token is allowed to come next: the penalties leave none");
}

TEST_CASE("the seed alone decides the draws") {
  auto draw = [](uint64_t seed) {
    Sampler sampler({.temperature = 1, .seed = seed}, 1000);
    std::vector<int32_t> tokens;
    for (int i = 0; i < 8; ++i)
      tokens.push_back(sampler.sample(Logits(1000, 0.5f)));
    return tokens;
  };
  CHECK(draw(7) == draw(7));
  CHECK(draw(7) != draw(8));
  CHECK(draw(0) == std::vector<int32_t>{883, 431, 26, 970, 106, 327, 173, 771});
}

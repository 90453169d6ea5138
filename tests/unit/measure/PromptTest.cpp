//===- PromptTest.cpp - Prompts of any length, compiled -------------------===//
#include "catch2/catch.hpp"
#include "measure/CompiledModel.h"
#include "passes/fuse/Fusions.h"
#include "runtime/Session.h"
#include <cmath>

using namespace cria;

namespace {

using Tokens = std::vector<std::int32_t>;
constexpr std::int64_t capacity = 32;

Tokens tokensOf(std::int64_t count) {
  Tokens tokens;
  for (std::int64_t i = 0; i < count; ++i)
    tokens.push_back(std::int32_t((i * 37 + 11) % 80));
  return tokens;
}

/// A tiny model in this process.
struct Compiled {
  driver::Options options;
  std::optional<measure::CompiledModel> code;
  std::shared_ptr<const rt::Model> model;

  Compiled(std::int64_t chunk, const char *fusions) {
    options.model = CRIA_SOURCE_DIR "/tests/goldens/tiny/gqa-3-of-9";
    options.plan.max_seq = capacity;
    options.plan.chunk = chunk;
    code.emplace(options, driver::loadSource(options), driver::makeTarget("native", "native"),
                 selectFusions(fusions, ""));
    model = std::make_shared<const rt::Model>(code->model(), "");
  }
};

constexpr int untouched = 0xff; // NaN in any cache, so that a read of it shows

void fillCaches(const rt::Session &session) {
  rt::CacheRows rows = session.cacheRows(capacity);
  std::vector filling(rows.bytes(), std::byte(untouched));
  for (std::size_t i = 0; i < rows.count(); ++i)
    rows.set(i, filling);
}

/// Whether exactly the rows of the session's tokens were written.
bool wroteOnlyRowsOfTokens(const rt::Session &session) {
  std::size_t row = session.cacheRows(1).bytes(), used = row * std::size_t(session.position());
  rt::CacheRows rows = session.cacheRows(capacity);
  for (std::size_t range = 0; range < rows.count(); ++range)
    for (std::size_t i = 0; i < rows.bytes(); i += row) {
      auto same = [](std::byte byte) { return byte == std::byte(untouched); };
      if (std::ranges::all_of(rows.get(range).subspan(i, row), same) != (i >= used))
        return false;
    }
  return true;
}

double difference(std::span<const float> found, std::span<const float> expected) {
  double worst = 0, greatest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    double d = std::abs(double(found[i]) - double(expected[i]));
    worst = std::isnan(d) ? INFINITY : std::max(worst, d);
    greatest = std::max(greatest, std::abs(double(expected[i])));
  }
  return worst / greatest;
}

} // namespace

TEST_CASE("a prompt of any length is as its tokens one at a time, and writes no row besides") {
  auto [chunk, fusions] = GENERATE(table<std::int64_t, const char *>(
      {{1, "all"}, {2, "all"}, {7, "all"}, {7, "none"}, {16, "all"}, {32, "all"}}));
  Compiled compiled(chunk, fusions);
  rt::Session single(compiled.model), whole(compiled.model);
  for (std::int64_t length = 1; length <= std::min(chunk + 3, capacity); ++length)
    for (std::int64_t before : {std::int64_t(0), std::int64_t(3), capacity - length}) {
      if (before + length > capacity)
        continue;
      INFO(length << " tokens after " << before << " in chunks of " << chunk << ", " << fusions);
      Tokens tokens = tokensOf(before + length);
      single.reset();
      for (std::int32_t token : tokens)
        single.decode(token);
      whole.reset();
      fillCaches(whole);
      for (std::int64_t i = 0; i < before; ++i)
        whole.decode(tokens[std::size_t(i)]);
      whole.prefill(std::span(tokens).subspan(std::size_t(before)));
      CHECK(difference(whole.logits(), single.logits()) < 1e-5);
      CHECK(wroteOnlyRowsOfTokens(whole));
    }
}

TEST_CASE("states of a prompt of any length are those of its tokens one at a time") {
  Compiled compiled(4, "all");
  for (std::int64_t length : {1, 2, 4, 5, 7}) {
    Tokens tokens = tokensOf(length);
    std::vector<float> singles;
    auto keep = [&](std::int64_t, std::span<const float> state) {
      singles.insert(singles.end(), state.begin(), state.end());
    };
    rt::Session single(compiled.model), whole(compiled.model);
    for (std::int32_t token : tokens)
      single.prefillStates({&token, 1}, keep);
    std::int64_t seen = 0;
    whole.prefillStates(tokens, [&](std::int64_t position, std::span<const float> state) {
      CHECK(position == seen++);
      auto expected = std::span(singles).subspan(std::size_t(position) * state.size());
      CHECK(difference(state, expected.first(state.size())) < 1e-5);
    });
    CHECK(seen == length);
  }
}

//===- test_argmax.cpp - The likeliest token, against its reference -------===//
#include "Lowered.h"
#include "Machines.h"
#include "Seed.h"
#include "catch2/catch.hpp"
#include "reference/Ops.h"

using namespace cria;
using namespace cria::test;

namespace {

std::mt19937 generator(::test::seed());

struct Found {
  std::vector<float> best;
  std::vector<std::int32_t> index;

  explicit Found(std::int64_t count)
      : best(std::size_t(count), NAN), index(std::size_t(count), 7) {}
};

void check(const Found &found, const std::pair<Tensor, Tensor> &expected) {
  for (std::size_t i = 0; i < found.best.size(); ++i) {
    INFO(i);
    CHECK(found.index[i] == std::int32_t(expected.second.data[i]));
    double best = expected.first.data[i];
    CHECK((std::isnan(best) ? std::isnan(found.best[i]) : found.best[i] == float(best)));
  }
}

/// Rows of few different numbers, so that most of the largest come more than once, and one part
/// each with what is not finite.
Tensor rows(std::int64_t tokens, std::int64_t parts, std::int64_t size) {
  Tensor x({tokens, parts * size});
  for (double &value : x.data)
    value = double(generator() % 64) - 32;
  if (generator() % 2)
    x.data.back() = 100;
  constexpr double special[] = {NAN, INFINITY, -INFINITY};
  for (std::int64_t p = 0; parts > 4 && p < 3; ++p)
    x.at(tokens - 1, p * size + std::int64_t(generator() % size)) = special[p];
  return x;
}

} // namespace

TEST_CASE("argmax") {
  auto [tokens, parts, size] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 1, 1}, {1, 1, 7}, {2, 3, 12}, {1, 4, 256}, {3, 7, 67}, {1, 33, 130}, {1, 501, 256}}));
  for (const TargetInfo &machine : machines()) {
    INFO(tokens << " x " << parts << " x " << size);
    Tensor x = rows(tokens, parts, size);
    Lowered f(fmt::format("func.func private @f(%x: {0}, %b: {1}, %i: {2}) -> ({1}, {2}) {{\n"
                          "  %0:2 = cria.argmax %x into %b, %i : {0} into {1}, {2}\n"
                          "  return %0#0, %0#1 : {1}, {2}\n}}",
                          type(x.shape), type({tokens, parts}), type({tokens, parts}, "i32")),
              machine);
    Buffer input(x);
    Found found(tokens * parts);
    f(input.data(), found.best.data(), found.index.data());
    check(found, reference::argmax(x, nullptr, parts, 1));
  }
}

TEST_CASE("argmax of the best of each part") {
  auto [parts, stride] =
      GENERATE(table<std::int64_t, std::int64_t>({{1, 1}, {4, 256}, {33, 130}, {501, 256}}));
  for (const TargetInfo &machine : machines()) {
    INFO(parts << " parts of " << stride);
    Tensor x = rows(1, 1, parts), places({1, parts});
    std::vector<std::int32_t> indices;
    for (double &place : places.data)
      indices.push_back(std::int32_t(place = double(generator() % stride)));
    Lowered f(fmt::format("func.func private @f(%x: {0}, %p: {1}, %b: {2}, %i: {3}) -> ({2}, {3}) "
                          "{{\n  %0:2 = cria.argmax %x at %p into %b, %i {{stride = {4} : i64}} "
                          ": {0} at {1} into {2}, {3}\n  return %0#0, %0#1 : {2}, {3}\n}}",
                          type(x.shape), type(x.shape, "i32"), type({1, 1}), type({1, 1}, "i32"),
                          stride),
              machine);
    Buffer input(x);
    Found found(1);
    f(input.data(), indices.data(), found.best.data(), found.index.data());
    check(found, reference::argmax(x, &places, 1, stride));
  }
}

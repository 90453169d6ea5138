//===- test_attention.cpp - Attention and its steps against the reference -===//
#include "Lowered.h"
#include "Machines.h"
#include "Seed.h"
#include "catch2/catch.hpp"
#include "reference/Ops.h"

using namespace cria;
using namespace cria::test;

namespace {

std::mt19937 generator(::test::seed());

struct Shape {
  std::int64_t tokens, heads, kvHeads, rows, headDim, position;
};

/// One to eight query heads for a kv head, one row to all of the cache, less and more than a vector
/// of rows, tiles of several kv heads and a last one.
std::vector<Shape> shapes() {
  return {{1, 1, 1, 1, 2, 0},    {1, 8, 2, 33, 16, 32}, {5, 6, 2, 40, 6, 11},  {3, 3, 1, 70, 12, 0},
          {4, 4, 4, 9, 64, 5},   {3, 15, 5, 20, 8, 7},  {1, 2, 1, 19, 10, 16}, {2, 7, 1, 31, 4, 21},
          {1, 16, 2, 65, 8, 64}, {6, 18, 3, 12, 3, 0}};
}

/// Rows that a token does not see are NaN, since they must not be read.
void hideRows(Tensor &cache, std::int64_t from) {
  for (std::int64_t g = 0; g < cache.shape[0]; ++g)
    for (std::int64_t j = from; j < cache.shape[1]; ++j)
      for (std::int64_t e = 0; e < cache.shape[2]; ++e)
        cache.at(g, j, e) = NAN;
}

/// Calls `visit` for each element of [T, H, S] that its token does not see.
void forHidden(Tensor &perRow, std::int64_t position, const std::function<void(double &)> &visit) {
  for (std::int64_t t = 0; t < perRow.shape[0]; ++t)
    for (std::int64_t h = 0; h < perRow.shape[1]; ++h)
      for (std::int64_t j = position + t + 1; j < perRow.shape[2]; ++j)
        visit(perRow.at(t, h, j));
}

/// [T, H, S] with NaN where a token does not see.
Tensor randomPerRow(const Shape &shape) {
  Tensor made = randomTensor(generator, {shape.tokens, shape.heads, shape.rows});
  forHidden(made, shape.position, [](double &value) { value = NAN; });
  return made;
}

/// The result of `f`, with zeros where a token does not see.
Tensor visible(const Buffer &made, std::int64_t position) {
  Tensor tensor = made.read();
  forHidden(tensor, position, [](double &value) { value = 0; });
  return tensor;
}

Tensor filled(std::vector<std::int64_t> shape, double value) {
  Tensor tensor(std::move(shape));
  std::fill(tensor.data.begin(), tensor.data.end(), value);
  return tensor;
}

Tensor runSoftmax(const Tensor &x, std::int64_t position, const TargetInfo &machine) {
  Lowered f(fmt::format("func.func private @f(%x: {0}, %p: index, %o: {0}) -> {0} {{\n"
                        "  %0 = cria.softmax %x at %p into %o : {0} into {0}\n"
                        "  return %0 : {0}\n}}",
                        type(x.shape)),
            machine);
  Buffer input(x), out(filled(x.shape, NAN));
  f(input.data(), position, out.data());
  return visible(out, position);
}

Tensor runAttend(const Tensor &q, const Tensor &keys, const Tensor &values, std::int64_t position,
                 bool bf16, const TargetInfo &machine) {
  Lowered f(
      fmt::format("func.func private @f(%q: {0}, %k: {1}, %v: {1}, %p: index, %o: {0}) -> {0} {{\n"
                  "  %0 = cria.attend %q, %k, %v at %p into %o {{scale = 2.5 : f64}} "
                  ": {0}, {1}, {1} into {0}\n"
                  "  return %0 : {0}\n}}",
                  type(q.shape), type(keys.shape, bf16 ? "bf16" : "f32")),
      machine);
  Buffer query(q), k(keys, bf16), v(values, bf16), out(filled(q.shape, NAN));
  f(query.data(), k.data(), v.data(), position, out.data());
  return out.read();
}

} // namespace

TEST_CASE("scores") {
  Shape shape = GENERATE(from_range(shapes()));
  bool bf16 = shape.heads % 2;
  for (const TargetInfo &machine : machines()) {
    Tensor q = randomTensor(generator, {shape.tokens, shape.heads, shape.headDim});
    Tensor keys = randomTensor(generator, {shape.kvHeads, shape.rows, shape.headDim}, bf16);
    hideRows(keys, shape.position + shape.tokens);
    Tensor expected = reference::scores(q, keys, shape.position, 2.5);
    Lowered f(fmt::format("func.func private @f(%q: {0}, %k: {1}, %p: index, %o: {2}) -> {2} {{\n"
                          "  %0 = cria.scores %q, %k at %p into %o {{scale = 2.5 : f64}} "
                          ": {0}, {1} into {2}\n"
                          "  return %0 : {2}\n}}",
                          type(q.shape), type(keys.shape, bf16 ? "bf16" : "f32"),
                          type(expected.shape)),
              machine);
    Buffer query(q), k(keys, bf16), out(filled(expected.shape, NAN));
    f(query.data(), k.data(), shape.position, out.data());
    Tensor terms = reference::scores(absolute(q), absolute(keys), shape.position, 2.5);
    CHECK(relativeError(visible(out, shape.position), expected, terms) < 1e-6);
  }
}

TEST_CASE("softmax") {
  Shape shape = GENERATE(from_range(shapes()));
  for (const TargetInfo &machine : machines()) {
    Tensor x = randomPerRow(shape);
    CHECK(relativeError(runSoftmax(x, shape.position, machine),
                        reference::softmax(x, shape.position)) < 1e-6);
  }
}

TEST_CASE("softmax of extreme scores") {
  constexpr std::int64_t tokens = 3, heads = 2, rows = 23, position = 18;
  auto extreme = GENERATE(
      as<std::function<double(std::int64_t)>>(), [](std::int64_t i) { return i % 2 ? 1e4 : -1e4; },
      [](std::int64_t i) { return i == 17 ? 1e30 : double(i); },
      [](std::int64_t i) { return i == 17 ? -1e30 : -1e4; },
      [](std::int64_t i) { return 1e4 + double(i % 7); }, [](std::int64_t) { return -1e4; },
      [](std::int64_t) { return 0.0; });
  for (const TargetInfo &machine : machines()) {
    Tensor x({tokens, heads, rows});
    for (std::size_t i = 0; i < x.data.size(); ++i)
      x.data[i] = float(extreme(std::int64_t(i % rows)));
    CHECK(relativeError(runSoftmax(x, position, machine), reference::softmax(x, position)) < 1e-6);
  }
}

TEST_CASE("mix") {
  Shape shape = GENERATE(from_range(shapes()));
  bool bf16 = shape.heads % 2;
  for (const TargetInfo &machine : machines()) {
    Tensor weights = randomPerRow(shape);
    Tensor values = randomTensor(generator, {shape.kvHeads, shape.rows, shape.headDim}, bf16);
    hideRows(values, shape.position + shape.tokens);
    Tensor expected = reference::mix(weights, values, shape.position);
    Lowered f(fmt::format("func.func private @f(%w: {0}, %v: {1}, %p: index, %o: {2}) -> {2} {{\n"
                          "  %0 = cria.mix %w, %v at %p into %o : {0}, {1} into {2}\n"
                          "  return %0 : {2}\n}}",
                          type(weights.shape), type(values.shape, bf16 ? "bf16" : "f32"),
                          type(expected.shape)),
              machine);
    Buffer w(weights), v(values, bf16), out(filled(expected.shape, NAN));
    f(w.data(), v.data(), shape.position, out.data());
    Tensor terms = reference::mix(absolute(weights), absolute(values), shape.position);
    CHECK(relativeError(out.read(), expected, terms) < 2e-6);
  }
}

TEST_CASE("attend") {
  Shape shape = GENERATE(from_range(shapes()));
  bool bf16 = shape.rows % 2;
  for (const TargetInfo &machine : machines()) {
    Tensor q = randomTensor(generator, {shape.tokens, shape.heads, shape.headDim});
    Tensor keys = randomTensor(generator, {shape.kvHeads, shape.rows, shape.headDim}, bf16);
    Tensor values = randomTensor(generator, {shape.kvHeads, shape.rows, shape.headDim}, bf16);
    hideRows(keys, shape.position + shape.tokens);
    hideRows(values, shape.position + shape.tokens);
    CHECK(relativeError(runAttend(q, keys, values, shape.position, bf16, machine),
                        reference::attend(q, keys, values, shape.position, 2.5),
                        reference::attend(q, keys, absolute(values), shape.position, 2.5)) < 3e-6);
  }
}

// Tiles of tokens of any size, blocks of keys that are full and partial, and one that begins in the
// middle of a step; values of 64 or 128 are multiplied on tensor cores too.
TEST_CASE("attention of several tokens on tensor cores, exact and rounded") {
  std::int64_t tokens = GENERATE(2, 5, 17, 40), headDim = GENERATE(32, 64, 128);
  std::int64_t position = GENERATE(0, 3, 64, 150), heads = GENERATE(2, 6), kvHeads = 2, rows = 200;
  bool exact = GENERATE(true, false);
  if (headDim == 128 && tokens > 17)
    return; // more of the same
  INFO(tokens << " tokens after " << position << ", " << heads << " heads of " << headDim
              << (exact ? ", exact" : ", rounded"));
  TargetInfo machine = gpu();
  machine.features = {exact ? exactTensorCores.str() : "mma-bf16"};
  Tensor q = randomTensor(generator, {tokens, heads, headDim});
  Tensor keys = randomTensor(generator, {kvHeads, rows, headDim}, true);
  Tensor values = randomTensor(generator, {kvHeads, rows, headDim}, true);
  hideRows(keys, position + tokens);
  hideRows(values, position + tokens);
  Tensor expected = reference::attend(q, keys, values, position, 2.5);
  Tensor terms = reference::attend(q, keys, absolute(values), position, 2.5);
  // Scores are rounded in what they are sums of, and an error of a score is that of a weight.
  double bound = 2.5 * std::sqrt(double(headDim)) * (exact ? 0x1p-22 : 0x1p-9);
  CHECK(relativeError(runAttend(q, keys, values, position, true, machine), expected, terms) <
        bound);
}

TEST_CASE("attend_rows") {
  Shape shape = GENERATE(from_range(shapes()));
  auto [begin, end] = GENERATE(table<std::int64_t, std::int64_t>({{0, 29}, {3, 27}, {3, 3}}));
  begin = std::min(begin, shape.rows);
  end = std::min(end, shape.rows);
  bool bf16 = shape.rows % 2;
  for (const TargetInfo &machine : machines()) {
    Tensor q = randomTensor(generator, {shape.tokens, shape.heads, shape.headDim});
    Tensor keys = randomTensor(generator, {shape.kvHeads, shape.rows, shape.headDim}, bf16);
    Tensor values = randomTensor(generator, {shape.kvHeads, shape.rows, shape.headDim}, bf16);
    hideRows(keys, end);
    hideRows(values, end);
    auto [mixed, stats] = reference::attendRows(q, keys, values, begin, end, 2.5);
    Lowered f(fmt::format("func.func private @f(%q: {0}, %k: {1}, %v: {1}, %b: index, %e: index, "
                          "%m: {0}, %s: {2}) -> ({0}, {2}) {{\n"
                          "  %0:2 = cria.attend_rows %q, %k, %v from %b to %e into %m, %s "
                          "{{scale = 2.5 : f64}} : {0}, {1}, {1} into {0}, {2}\n"
                          "  return %0#0, %0#1 : {0}, {2}\n}}",
                          type(q.shape), type(keys.shape, bf16 ? "bf16" : "f32"),
                          type(stats.shape)),
              machine);
    Buffer query(q), k(keys, bf16), v(values, bf16), m(filled(q.shape, NAN)),
        s(filled(stats.shape, NAN));
    f(query.data(), k.data(), v.data(), begin, end, m.data(), s.data());
    Tensor terms = reference::attendRows(q, keys, absolute(values), begin, end, 2.5).first;
    CHECK(relativeError(m.read(), mixed, terms) < 3e-6);
    if (begin < end)
      CHECK(relativeError(s.read(), stats) < 3e-6);
    else
      CHECK(s.read().at(0, 0, 0) == -INFINITY);
  }
}

TEST_CASE("combine") {
  std::int64_t parts = GENERATE(1, 2, 7), heads = GENERATE(1, 6), headDim = GENERATE(3, 8, 20);
  for (const TargetInfo &machine : machines()) {
    Tensor mixed = randomTensor(generator, {parts, heads, headDim});
    Tensor stats = randomTensor(generator, {parts, heads, 2});
    for (std::int64_t p = 0; p < parts; ++p)
      for (std::int64_t h = 0; h < heads; ++h) {
        stats.at(p, h, 0) = float(20 * stats.at(p, h, 0));
        stats.at(p, h, 1) = float(1 + std::abs(stats.at(p, h, 1)));
        if (p == 1) // had no rows
          stats.at(p, h, 0) = -INFINITY, stats.at(p, h, 1) = 0;
      }
    Tensor expected = reference::combine(mixed, stats);
    Lowered f(fmt::format("func.func private @f(%m: {0}, %s: {1}, %o: {2}) -> {2} {{\n"
                          "  %0 = cria.combine %m, %s into %o : {0}, {1} into {2}\n"
                          "  return %0 : {2}\n}}",
                          type(mixed.shape), type(stats.shape), type(expected.shape)),
              machine);
    Buffer m(mixed), s(stats), out(filled(expected.shape, NAN));
    f(m.data(), s.data(), out.data());
    Tensor terms = reference::combine(absolute(mixed), stats);
    CHECK(relativeError(out.read(), expected, terms) < 2e-6);
  }
}

/// Blocks that are full, partial, of one key, and masked in part and as a whole, for one compiled
/// function: the position is given when it runs.
TEST_CASE("attention in blocks of any number of keys") {
  std::int64_t tokens = GENERATE(1, 2, 3, 7, 16, 17), keysPerBlock = GENERATE(1, 3, 64);
  std::int64_t heads = 6, kvHeads = 2, rows = 150, headDim = 5;
  for (const TargetInfo &machine :
       {TargetInfo{128, 16}, TargetInfo{256, 16}, TargetInfo{512, 32}}) {
    Tensor q = randomTensor(generator, {tokens, heads, headDim});
    std::string io = type(q.shape), cache = type({kvHeads, rows, headDim});
    Lowered f(fmt::format(
                  "func.func private @f(%q: {0}, %k: {1}, %v: {1}, %p: index, %o: {0}) -> {0} {{\n"
                  "  %0 = cria.kernel \"attend\" schedule<keys = {2}, prefetch = 64> -> {0} {{\n"
                  "    %1 = cria.attend %q, %k, %v at %p into %o {{scale = 2.5 : f64}} "
                  ": {0}, {1}, {1} into {0}\n"
                  "    cria.yield %1 : {0}\n  }}\n"
                  "  return %0 : {0}\n}}",
                  io, cache, keysPerBlock),
              machine);
    for (std::int64_t position : {0, 1, 46, 62, 63, 64, 126, 127, 133}) {
      INFO(tokens << " tokens from " << position << ", blocks of " << keysPerBlock);
      Tensor keys = randomTensor(generator, {kvHeads, rows, headDim});
      Tensor values = randomTensor(generator, {kvHeads, rows, headDim});
      hideRows(keys, position + tokens);
      hideRows(values, position + tokens);
      Buffer query(q), k(keys), v(values), out(filled(q.shape, NAN));
      f(query.data(), k.data(), v.data(), position, out.data());
      CHECK(relativeError(out.read(), reference::attend(q, keys, values, position, 2.5),
                          reference::attend(q, keys, absolute(values), position, 2.5)) < 3e-6);
    }
  }
}

TEST_CASE("attention to one row alone, and to all alike") {
  double magnitude = GENERATE(0, 1e4);
  for (const TargetInfo &machine : machines()) {
    Tensor q = filled({2, 4, 6}, 1), keys({2, 21, 6}), values = randomTensor(generator, {2, 21, 6});
    for (std::int64_t g = 0; g < 2; ++g)
      for (std::int64_t e = 0; e < 6; ++e)
        keys.at(g, 3 + 5 * g, e) = magnitude;
    CHECK(relativeError(runAttend(q, keys, values, 13, false, machine),
                        reference::attend(q, keys, values, 13, 2.5)) < 1e-6);
  }
}

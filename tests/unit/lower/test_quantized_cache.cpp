//===- test_quantized_cache.cpp - Keys and values in blocks of q8_0 -------===//
#include "Lowered.h"
#include "Machines.h"
#include "Seed.h"
#include "catch2/catch.hpp"
#include "cria/runtime/abi.h"
#include "reference/Ops.h"
#include "storage/Storage.h"
#include <cmath>
#include <span>

using namespace cria;
using namespace cria::test;

namespace {

constexpr const char *element = "!cria.block<q8_0>";
const storage::Storage &q8_0 = storage::storageOf(CRIA_Q8_0);
std::mt19937 generator(::test::seed());

struct Shape {
  std::int64_t tokens, heads, kvHeads, rows, headDim, position;
};

/// One block of a row to five, one query head for a kv head to eight, one row to all of the cache.
std::vector<Shape> shapes() {
  return {{1, 1, 1, 1, 32, 0},    {1, 8, 2, 33, 64, 32},  {5, 6, 2, 40, 32, 11},
          {3, 3, 1, 70, 96, 0},   {4, 4, 4, 9, 128, 5},   {2, 7, 1, 31, 32, 21},
          {1, 16, 2, 65, 64, 64}, {18, 4, 2, 80, 160, 62}};
}

/// Those of `machines`, and some with wide vectors.
std::vector<TargetInfo> cacheMachines() {
  std::vector<TargetInfo> all = machines();
  all.push_back({512, 32, 1 << 15, 1 << 20});
  all.push_back({128, 16, 1 << 15, 1 << 20});
  return all;
}

/// A cache [G, S, E], and its values.
struct Cache {
  std::vector<std::byte> bytes;
  Tensor values;

  explicit Cache(const Shape &shape)
      : values(randomTensor(generator, {shape.kvHeads, shape.rows, shape.headDim})) {
    std::vector<float> floats(values.data.begin(), values.data.end());
    bytes.resize(std::size_t(q8_0.bytesOf(std::int64_t(floats.size()))));
    q8_0.codec.encode(floats, bytes.data());
    q8_0.codec.decode(bytes.data(), floats);
    std::ranges::copy(floats, values.data.begin());
  }

  /// Rows that a token does not see are NaN, since they must not be read.
  void hideRows(std::int64_t from) {
    auto [heads, rows, width] = std::tuple(values.shape[0], values.shape[1], values.shape[2]);
    auto rowBytes = std::size_t(q8_0.bytesOf(width));
    for (std::int64_t g = 0; g < heads; ++g)
      for (std::int64_t j = from; j < rows; ++j) {
        for (std::int64_t e = 0; e < width; ++e)
          values.at(g, j, e) = NAN;
        std::fill_n(bytes.begin() + std::ptrdiff_t(std::size_t(g * rows + j) * rowBytes), rowBytes,
                    std::byte(0xff));
      }
  }
};

std::string cacheType(const Cache &cache) { return type(cache.values.shape, element); }

/// Of [T, H, S]: NaN where a token does not see, or zeros.
void hide(Tensor &perRow, std::int64_t position, double with) {
  for (std::int64_t t = 0; t < perRow.shape[0]; ++t)
    for (std::int64_t h = 0; h < perRow.shape[1]; ++h)
      for (std::int64_t j = position + t + 1; j < perRow.shape[2]; ++j)
        perRow.at(t, h, j) = with;
}

Tensor filled(std::vector<std::int64_t> shape, double value) {
  Tensor tensor(std::move(shape));
  std::fill(tensor.data.begin(), tensor.data.end(), value);
  return tensor;
}

/// Makes zeros of elements that lie half way between two integers: code rounds them to the even
/// one, and lib/storage away from zero. A few of a million at random do.
void dropTies(std::span<double> rows) {
  for (std::size_t first = 0; first < rows.size(); first += std::size_t(q8_0.elements)) {
    std::span<double> block = rows.subspan(first, std::size_t(q8_0.elements));
    float greatest = 0;
    for (double value : block)
      greatest = std::max(greatest, std::abs(float(value)));
    float inverse = 1 / (greatest / 127);
    for (double &value : block)
      if (float scaled = float(value) * inverse; scaled - std::floor(scaled) == 0.5F)
        value = 0;
  }
}

/// The cache after `rows` were appended to it.
std::vector<std::byte> append(const Tensor &rows, std::int64_t position, Cache cache,
                              const TargetInfo &machine) {
  Lowered f(fmt::format("func.func private @f(%r: {0}, %c: {1}, %p: index) -> {1} {{\n"
                        "  %0 = cria.kv_append %r at %p into %c : {0} into {1}\n"
                        "  return %0 : {1}\n}}",
                        type(rows.shape), cacheType(cache)),
            machine);
  Buffer input(rows);
  f(input.data(), cache.bytes.data(), position);
  return cache.bytes;
}

/// `f` attends to the rows from `begin` to `end`.
void checkRows(Lowered &f, const Shape &shape, std::int64_t begin, std::int64_t end) {
  Tensor q = randomTensor(generator, {shape.tokens, shape.heads, shape.headDim});
  Cache keys(shape), values(shape);
  keys.hideRows(end);
  values.hideRows(end);
  auto [mixed, stats] = reference::attendRows(q, keys.values, values.values, begin, end, 0.5);
  Buffer query(q), m(filled(q.shape, NAN)), s(filled(stats.shape, NAN));
  f(query.data(), keys.bytes.data(), values.bytes.data(), begin, end, m.data(), s.data());
  Tensor terms =
      reference::attendRows(q, keys.values, absolute(values.values), begin, end, 0.5).first;
  CAPTURE(begin, end);
  CHECK(relativeError(m.read(), mixed, terms) < 3e-6);
  if (begin < end)
    CHECK(relativeError(s.read(), stats) < 3e-6);
  else
    CHECK(s.read().at(0, 0, 0) == -INFINITY);
}

} // namespace

TEST_CASE("kv_append to a cache in blocks") {
  Shape shape = GENERATE(from_range(shapes()));
  for (const TargetInfo &machine : cacheMachines()) {
    Tensor rows = randomTensor(generator, {shape.tokens, shape.kvHeads, shape.headDim});
    dropTies(rows.data);
    std::fill_n(rows.data.begin(), q8_0.elements, 0.0); // a block that has no greatest
    Cache cache(shape);
    std::vector<std::byte> expected = cache.bytes;
    auto rowBytes = q8_0.bytesOf(shape.headDim);
    for (std::int64_t t = 0; t < shape.tokens; ++t)
      for (std::int64_t g = 0; g < shape.kvHeads; ++g) {
        auto from = rows.data.begin() + (t * shape.kvHeads + g) * shape.headDim;
        std::vector<float> row(from, from + shape.headDim);
        std::int64_t at = g * shape.rows + shape.position + t;
        q8_0.codec.encode(row, expected.data() + at * rowBytes);
      }
    CHECK(append(rows, shape.position, cache, machine) == expected);
  }
}

TEST_CASE("a row that is not finite, or too large, has no finite block in a cache") {
  for (double poison : {std::nan(""), std::numeric_limits<double>::infinity(), 1e7})
    for (const TargetInfo &machine : cacheMachines()) {
      Tensor rows = randomTensor(generator, {1, 1, 64});
      rows.data[40] = poison;
      std::vector<std::byte> bytes = append(rows, 2, Cache({1, 1, 1, 3, 64, 2}), machine);
      std::vector<float> values(64);
      q8_0.codec.decode(bytes.data() + 2 * q8_0.bytesOf(64), values);
      for (std::size_t i = 0; i < 64; ++i)
        CHECK(std::isfinite(values[i]) == (i < 32));
    }
}

TEST_CASE("scores of keys in blocks") {
  Shape shape = GENERATE(from_range(shapes()));
  for (const TargetInfo &machine : cacheMachines()) {
    Tensor q = randomTensor(generator, {shape.tokens, shape.heads, shape.headDim});
    Cache keys(shape);
    keys.hideRows(shape.position + shape.tokens);
    Tensor expected = reference::scores(q, keys.values, shape.position, 2.5);
    Lowered f(fmt::format("func.func private @f(%q: {0}, %k: {1}, %p: index, %o: {2}) -> {2} {{\n"
                          "  %0 = cria.scores %q, %k at %p into %o {{scale = 2.5 : f64}} "
                          ": {0}, {1} into {2}\n"
                          "  return %0 : {2}\n}}",
                          type(q.shape), cacheType(keys), type(expected.shape)),
              machine);
    Buffer query(q), out(filled(expected.shape, NAN));
    f(query.data(), keys.bytes.data(), shape.position, out.data());
    Tensor found = out.read();
    hide(found, shape.position, 0);
    Tensor terms = reference::scores(absolute(q), absolute(keys.values), shape.position, 2.5);
    CHECK(relativeError(found, expected, terms) < 1e-6);
  }
}

TEST_CASE("mix of values in blocks") {
  Shape shape = GENERATE(from_range(shapes()));
  for (const TargetInfo &machine : cacheMachines()) {
    Tensor weights = randomTensor(generator, {shape.tokens, shape.heads, shape.rows});
    hide(weights, shape.position, NAN);
    Cache values(shape);
    values.hideRows(shape.position + shape.tokens);
    Tensor expected = reference::mix(weights, values.values, shape.position);
    Lowered f(fmt::format("func.func private @f(%w: {0}, %v: {1}, %p: index, %o: {2}) -> {2} {{\n"
                          "  %0 = cria.mix %w, %v at %p into %o : {0}, {1} into {2}\n"
                          "  return %0 : {2}\n}}",
                          type(weights.shape), cacheType(values), type(expected.shape)),
              machine);
    Buffer w(weights), out(filled(expected.shape, NAN));
    f(w.data(), values.bytes.data(), shape.position, out.data());
    Tensor terms = reference::mix(absolute(weights), absolute(values.values), shape.position);
    CHECK(relativeError(out.read(), expected, terms) < 2e-6);
  }
}

TEST_CASE("attend to a cache in blocks") {
  Shape shape = GENERATE(from_range(shapes()));
  for (const TargetInfo &machine : cacheMachines()) {
    Tensor q = randomTensor(generator, {shape.tokens, shape.heads, shape.headDim});
    Cache keys(shape), values(shape);
    keys.hideRows(shape.position + shape.tokens);
    values.hideRows(shape.position + shape.tokens);
    Lowered f(fmt::format(
                  "func.func private @f(%q: {0}, %k: {1}, %v: {1}, %p: index, %o: {0}) -> {0} {{\n"
                  "  %0 = cria.attend %q, %k, %v at %p into %o {{scale = 0.5 : f64}} "
                  ": {0}, {1}, {1} into {0}\n"
                  "  return %0 : {0}\n}}",
                  type(q.shape), cacheType(keys)),
              machine);
    Buffer query(q), out(filled(q.shape, NAN));
    f(query.data(), keys.bytes.data(), values.bytes.data(), shape.position, out.data());
    Tensor expected = reference::attend(q, keys.values, values.values, shape.position, 0.5);
    Tensor terms = reference::attend(q, keys.values, absolute(values.values), shape.position, 0.5);
    CHECK(relativeError(out.read(), expected, terms) < 3e-6);
  }
}

TEST_CASE("attend_rows of a cache in blocks") {
  Shape shape = GENERATE(from_range(shapes()));
  for (const TargetInfo &machine : cacheMachines()) {
    std::string query = type({shape.tokens, shape.heads, shape.headDim});
    std::string stats = type({shape.tokens, shape.heads, 2});
    Lowered f(fmt::format("func.func private @f(%q: {0}, %k: {1}, %v: {1}, %b: index, %e: index, "
                          "%m: {0}, %s: {2}) -> ({0}, {2}) {{\n"
                          "  %0:2 = cria.attend_rows %q, %k, %v from %b to %e into %m, %s "
                          "{{scale = 0.5 : f64}} : {0}, {1}, {1} into {0}, {2}\n"
                          "  return %0#0, %0#1 : {0}, {2}\n}}",
                          query, cacheType(Cache(shape)), stats),
              machine);
    for (auto [first, last] : {std::pair{0, 29}, {3, 27}, {3, 3}})
      checkRows(f, shape, std::min<std::int64_t>(first, shape.rows),
                std::min<std::int64_t>(last, shape.rows));
  }
}

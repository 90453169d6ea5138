//===- DecomposeTest.cpp - Decompositions mean what their ops mean, in f64 ===//
//
// The interpreter runs each op as its definition, and after cria-decompose-ops as linalg. No code
// is generated and no machine is described, so what differs by more than rounding of a few
// constants is an error of a decomposition.
//
//===----------------------------------------------------------------------===//
#include "Seed.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "passes/Phases.h"
#include "reference/Interpreter.h"
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace cria;
using reference::Tensor;

namespace {

using Shape = std::vector<std::int64_t>;
using Arguments = std::vector<reference::Value>;

std::mt19937 generator(::test::seed());

std::shared_ptr<Tensor> random(Shape shape) {
  auto tensor = std::make_shared<Tensor>(std::move(shape));
  for (double &value : tensor->data)
    value = double(std::int32_t(generator())) * 0x1p-31;
  return tensor;
}

/// A cache [G, S, E] whose rows from `rows` on are NaN: no token sees them.
std::shared_ptr<Tensor> cache(Shape shape, std::int64_t rows) {
  auto tensor = random(std::move(shape));
  for (std::int64_t g = 0; g < tensor->shape[0]; ++g)
    for (std::int64_t j = rows; j < tensor->shape[1]; ++j)
      for (std::int64_t e = 0; e < tensor->shape[2]; ++e)
        tensor->at(g, j, e) = NAN;
  return tensor;
}

/// The type of tensors of these sizes; the first one, the number of tokens, is dynamic if asked.
std::string type(const Shape &shape, bool dynamic = false, const char *element = "f32") {
  Shape rest(shape.begin() + 1, shape.end());
  return fmt::format("tensor<{}x{}{}{}>", dynamic ? "?" : std::to_string(shape[0]),
                     fmt::join(rest, "x"), rest.empty() ? "" : "x", element);
}

mlir::MLIRContext &context() {
  static mlir::MLIRContext *made = [] {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    registerPasses();
    return new mlir::MLIRContext(registry, mlir::MLIRContext::Threading::DISABLED);
  }();
  return *made;
}

std::vector<double> run(mlir::ModuleOp module, const Arguments &arguments) {
  std::vector<double> all;
  for (const reference::Value &result :
       interpret(module.lookupSymbol<mlir::func::FuncOp>("f"), arguments,
                 [](ParamOp, std::int64_t) { return std::make_shared<Tensor>(); })) {
    const Tensor &tensor = *std::get<std::shared_ptr<Tensor>>(result);
    all.insert(all.end(), tensor.data.begin(), tensor.data.end());
  }
  return all;
}

/// Greatest difference between the op and its decomposition, relative to the greatest result.
double difference(const std::string &source, const Arguments &arguments) {
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context());
  INFO(source);
  REQUIRE(module);
  std::vector<double> expected = run(*module, arguments);
  mlir::PassManager manager(&context());
  REQUIRE(succeeded(mlir::parsePassPipeline("cria-decompose-ops,canonicalize,cse", manager)));
  REQUIRE(succeeded(manager.run(*module)));
  std::vector<double> found = run(*module, arguments);
  REQUIRE(found.size() == expected.size());
  double worst = 0, greatest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    double d = found[i] == expected[i] ? 0 : std::abs(found[i] - expected[i]);
    worst = std::isnan(d) ? INFINITY : std::max(worst, d);
    greatest = std::max(greatest, std::isinf(expected[i]) ? 0 : std::abs(expected[i]));
  }
  return greatest ? worst / greatest : worst;
}

constexpr double rounding = 2e-7; // of constants, which are f32 in decompositions

/// Sizes of attention: T, H, G, S, E, and the position of the first token.
struct Heads {
  std::int64_t tokens, heads, kvHeads, rows, headDim, position;
};

/// Any number of tokens, and caches of one row, of less and more than a block of 64 keys, with a
/// position such that blocks are full, partial, or of one key.
Heads drawHeads() {
  auto tokens = GENERATE(1, 2, 3, 7, 16, 17);
  auto before = GENERATE(0, 1, 47, 62, 63, 64, 65, 126, 127, 130);
  std::int64_t kvHeads = 1 + generator() % 2, group = 1 + generator() % 4;
  std::int64_t free = generator() % 3;
  return {
      tokens, kvHeads * group, kvHeads, before + tokens + free, 1 + std::int64_t(generator() % 9),
      before};
}

} // namespace

TEST_CASE("decomposed norms") {
  auto [tokens, width] = GENERATE(table<std::int64_t, std::int64_t>({{1, 1}, {1, 24}, {5, 67}}));
  bool dynamic = GENERATE(false, true);
  std::string x = type({tokens, width}, dynamic), w = type({width}), t = type({tokens}, dynamic);
  auto io = random({tokens, width}), out = random({tokens, width});
  CHECK(
      difference(fmt::format("func.func @f(%x: {0}, %o: {1}) -> {1} {{\n"
                             "  %0 = cria.rms_scale %x into %o {{eps = 0.1 : f64}} : {0} into {1}\n"
                             "  return %0 : {1}\n}}",
                             x, t),
                 {io, random({tokens})}) < rounding);
  for (auto [operands, types] : {std::pair("", std::string()), std::pair(", %w", ", " + w)}) {
    CHECK(difference(
              fmt::format(
                  "func.func @f(%x: {0}, %w: {1}, %o: {0}) -> {0} {{\n"
                  "  %0 = cria.rms_norm %x {2} into %o {{eps = 0.1 : f64}} : {0} {3} into {0}\n"
                  "  return %0 : {0}\n}}",
                  x, w, operands, types),
              {io, random({width}), out}) < rounding);
    for (bool bias : {false, true})
      CHECK(difference(fmt::format("func.func @f(%x: {0}, %w: {1}, %b: {1}, %o: {0}) -> {0} {{\n"
                                   "  %0 = cria.layer_norm %x {2} {3} into %o {{eps = 0.1 : f64}}\n"
                                   "    : {0} {4} {5} into {0}\n"
                                   "  return %0 : {0}\n}}",
                                   x, w, operands, bias ? "bias %b" : "", types,
                                   bias ? "bias " + w : ""),
                       {io, random({width}), random({width}), out}) < rounding);
  }
}

TEST_CASE("decomposed gates and residual") {
  auto [tokens, width] = GENERATE(table<std::int64_t, std::int64_t>({{1, 1}, {1, 24}, {5, 67}}));
  const char *op = GENERATE("swiglu", "geglu", "reglu");
  bool dynamic = GENERATE(false, true);
  std::string x = type({tokens, width}, dynamic);
  CHECK(difference(fmt::format("func.func @f(%g: {0}, %u: {0}, %o: {0}) -> {0} {{\n"
                               "  %0 = cria.{1} %g, %u into %o : {0}, {0} into {0}\n"
                               "  %1 = cria.residual %0 into %g : {0} into {0}\n"
                               "  return %1 : {0}\n}}",
                               x, op),
                   {random({tokens, width}), random({tokens, width}), random({tokens, width})}) <
        rounding);
}

TEST_CASE("decomposed embed") {
  bool dynamic = GENERATE(false, true);
  auto tokens = std::make_shared<Tensor>(Shape{3}, std::vector<double>{6, 0, 2});
  CHECK(difference(fmt::format("func.func @f(%t: {0}, %w: {1}, %o: {2}) -> {2} {{\n"
                               "  %0 = cria.embed %t, %w into %o : {0}, {1} into {2}\n"
                               "  return %0 : {2}\n}}",
                               type({3}, dynamic, "i32"), type({7, 5}), type({3, 5}, dynamic)),
                   {tokens, random({7, 5}), random({3, 5})}) < rounding);
}

TEST_CASE("decomposed rotary embedding") {
  auto [tokens, heads, headDim] =
      GENERATE(table<std::int64_t, std::int64_t, std::int64_t>({{1, 1, 2}, {5, 3, 16}, {4, 9, 6}}));
  int pairing = GENERATE(0, 1);
  bool dynamic = GENERATE(false, true);
  std::string x = type({tokens, heads, headDim}, dynamic), t = type({tokens, headDim / 2}, dynamic);
  CHECK(difference(
            fmt::format(
                "func.func @f(%x: {0}, %p: index, %c: {1}, %s: {1}, %o: {0}) -> {0} {{\n"
                "  %0:2 = cria.rotary_table %p into %c, %s {{theta = 1.0e4 : f64, scaling = "
                "#cria.rope_scaling<yarn, factor = 4.0 : f64, original_context = 4096, "
                "attention_factor = 1.25 : f64, beta_fast = 32.0 : f64, beta_slow = 1.0 : f64>}} "
                ": {1}, {1}\n"
                "  %1 = cria.rope %x, %0#0, %0#1 into %o {{pairing = {2} : i32}} : {0}, {1}, {1} "
                "into {0}\n"
                "  return %1 : {0}\n}}",
                x, t, pairing),
            {random({tokens, heads, headDim}), std::int64_t(11), random({tokens, headDim / 2}),
             random({tokens, headDim / 2}), random({tokens, heads, headDim})}) < rounding);
}

TEST_CASE("decomposed attention") {
  Heads s = drawHeads();
  int keysPerBlock = GENERATE(1, 3, 64);
  bool dynamic = generator() % 2;
  Shape q{s.tokens, s.heads, s.headDim}, kv{s.kvHeads, s.rows, s.headDim};
  std::int64_t seen = s.position + s.tokens;
  Arguments arguments{random(q),       cache(kv, s.position),
                      cache(kv, seen), s.position,
                      random(q),       random({s.tokens, s.kvHeads, s.headDim})};
  INFO(fmt::format("T {} H {} G {} S {} E {} position {}", s.tokens, s.heads, s.kvHeads, s.rows,
                   s.headDim, s.position));
  CHECK(
      difference(fmt::format("func.func @f(%q: {0}, %k: {1}, %v: {1}, %p: index, %o: {0}, "
                             "%r: {2}) -> {0} {{\n"
                             "  %0 = cria.kv_append %r at %p into %k : {2} into {1}\n"
                             "  %1 = cria.kernel \"attend\" schedule<keys = {3}> -> {0} {{\n"
                             "    %2 = cria.attend %q, %0, %v at %p into %o {{scale = 2.5 : f64}} "
                             ": {0}, {1}, {1} into {0}\n"
                             "    cria.yield %2 : {0}\n  }}\n"
                             "  return %1 : {0}\n}}",
                             type(q, dynamic), type(kv),
                             type({s.tokens, s.kvHeads, s.headDim}, dynamic), keysPerBlock),
                 arguments) < rounding);
}

TEST_CASE("decomposed steps of attention") {
  Heads s = drawHeads();
  bool dynamic = generator() % 2;
  Shape q{s.tokens, s.heads, s.headDim}, kv{s.kvHeads, s.rows, s.headDim},
      perRow{s.tokens, s.heads, s.rows};
  std::int64_t seen = s.position + s.tokens;
  CHECK(difference(fmt::format("func.func @f(%q: {0}, %k: {1}, %v: {1}, %p: index, %o: {0}, "
                               "%a: {2}, %b: {2}) -> {0} {{\n"
                               "  %0 = cria.scores %q, %k at %p into %a {{scale = 2.5 : f64}} "
                               ": {0}, {1} into {2}\n"
                               "  %1 = cria.softmax %0 at %p into %b : {2} into {2}\n"
                               "  %2 = cria.mix %1, %v at %p into %o : {2}, {1} into {0}\n"
                               "  return %2 : {0}\n}}",
                               type(q, dynamic), type(kv), type(perRow, dynamic)),
                   {random(q), cache(kv, seen), cache(kv, seen), s.position, random(q),
                    cache(perRow, 0), cache(perRow, 0)}) < rounding);
}

TEST_CASE("decomposed parts of a cache, and their sum") {
  auto [begin, end] = GENERATE(
      table<std::int64_t, std::int64_t>({{0, 1}, {3, 67}, {0, 129}, {60, 70}, {5, 5}, {130, 130}}));
  Shape q{1, 6, 5}, kv{2, 130, 5}, stats{1, 6, 2};
  CHECK(difference(fmt::format("func.func @f(%q: {0}, %k: {1}, %v: {1}, %b: index, %e: index, "
                               "%m: {0}, %s: {2}) -> ({0}, {2}) {{\n"
                               "  %0:2 = cria.attend_rows %q, %k, %v from %b to %e into %m, %s "
                               "{{scale = 2.5 : f64}} : {0}, {1}, {1} into {0}, {2}\n"
                               "  return %0#0, %0#1 : {0}, {2}\n}}",
                               type(q), type(kv), type(stats)),
                   {random(q), cache(kv, end), cache(kv, end), begin, end, random(q),
                    random(stats)}) < rounding);
  Shape mixed{4, 6, 5}, parts{4, 6, 2};
  auto partStats = random(parts);
  for (std::int64_t h = 0; h < 6; ++h) // part 1 had no rows
    partStats->at(1, h, 0) = -INFINITY, partStats->at(1, h, 1) = 0;
  CHECK(difference(fmt::format("func.func @f(%m: {0}, %s: {1}, %o: {2}) -> {2} {{\n"
                               "  %0 = cria.combine %m, %s into %o : {0}, {1} into {2}\n"
                               "  return %0 : {2}\n}}",
                               type(mixed), type(parts), type(q)),
                   {random(mixed), partStats, random(q)}) < rounding);
}

TEST_CASE("decomposed argmax") {
  auto [tokens, parts, size] =
      GENERATE(table<std::int64_t, std::int64_t, std::int64_t>({{1, 1, 5}, {2, 3, 4}, {1, 4, 64}}));
  bool dynamic = GENERATE(false, true);
  Shape x{tokens, parts * size}, each{tokens, parts};
  auto elements = random(x), places = random(x);
  for (double &value : elements->data)
    value = std::floor(4 * value); // equal ones
  for (double &place : places->data)
    place = std::floor(100 + 100 * place);
  for (const char *at : {"", "at %p "}) {
    INFO(at);
    CHECK(difference(
              fmt::format("func.func @f(%x: {0}, %p: {1}, %b: {2}, %i: {3}) -> ({2}, {3}) {{\n"
                          "  %0:2 = cria.argmax %x {4}into %b, %i {{stride = {6} : i64}} : {0} "
                          "{5}into {2}, {3}\n  return %0#0, %0#1 : {2}, {3}\n}}",
                          type(x, dynamic), type(x, dynamic, "i32"), type(each, dynamic),
                          type(each, dynamic, "i32"), at,
                          *at ? "at " + type(x, dynamic, "i32") + " " : "", *at ? 7 : 1),
              {elements, places, random(each), random(each)}) == 0);
  }
}

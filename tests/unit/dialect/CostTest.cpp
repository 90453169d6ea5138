//===- CostTest.cpp - Bytes and operations, counted by hand ---------------===//
#include "catch2/catch.hpp"
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"

using namespace cria;

namespace {

mlir::MLIRContext &context() {
  static auto *context = [] {
    auto *made = new mlir::MLIRContext;
    made->loadDialect<CriaDialect, mlir::func::FuncDialect>();
    return made;
  }();
  return *context;
}

/// The cost of the outermost op that has one in a function with `arguments` and `body`.
Cost costOf(const std::string &arguments, const std::string &body, std::int64_t position = 0,
            std::int64_t tokens = 1) {
  std::string source = "cria.param @w \"w\" : tensor<36x24xbf16>\n"
                       "func.func @f(%t: !cria.weights, " +
                       arguments + ") {\n" + body + "\nreturn\n}";
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context());
  REQUIRE(module);
  CostOpInterface found;
  for (auto func : module->getOps<mlir::func::FuncOp>())
    for (auto op : func.getBody().getOps<CostOpInterface>())
      found = op;
  REQUIRE(found);
  return found.getCost({position, tokens});
}

} // namespace

namespace Catch {
template <>
struct StringMaker<Cost> {
  static std::string convert(const Cost &cost) {
    return "read " + std::to_string(cost.bytesRead) + ", written " +
           std::to_string(cost.bytesWritten) + ", flops " + std::to_string(cost.flops);
  }
};
} // namespace Catch

TEST_CASE("embed reads one row per token") {
  Cost cost = costOf("%i: tensor<3xi32>, %w: tensor<1000x24xbf16>, %e: tensor<3x24xf32>",
                     "%0 = cria.embed %i, %w into %e : tensor<3xi32>, tensor<1000x24xbf16> into "
                     "tensor<3x24xf32>");
  CHECK(cost == Cost{3 * 4 + 3 * 24 * 2, 3 * 24 * 4, 0});
}

TEST_CASE("rms_norm") {
  const std::string arguments = "%x: tensor<4x24xf32>, %g: tensor<24xbf16>, %e: tensor<4x24xf32>";
  CHECK(costOf(arguments, "%0 = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64} "
                          ": tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>") ==
        Cost{384 + 48, 384, 4 * 96});
  CHECK(costOf(arguments, "%0 = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} "
                          ": tensor<4x24xf32> into tensor<4x24xf32>") == Cost{384, 384, 3 * 96});
}

TEST_CASE("linear") {
  const std::string arguments = "%x: tensor<4x24xf32>, %w: tensor<36x24xbf16>, "
                                "%b: tensor<36xbf16>, %e: tensor<4x36xf32>";
  CHECK(costOf(arguments, "%0 = cria.linear %x, %w into %e "
                          ": tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>") ==
        Cost{384 + 1728, 576, 2 * 4 * 36 * 24});
  CHECK(costOf(arguments, "%0 = cria.linear %x, %w bias %b into %e : tensor<4x24xf32>, "
                          "tensor<36x24xbf16> bias tensor<36xbf16> into tensor<4x36xf32>") ==
        Cost{384 + 1728 + 72, 576, 2 * 4 * 36 * 24 + 4 * 36});
}

TEST_CASE("weights in blocks cost the bytes of their blocks") {
  CHECK(costOf("%x: tensor<4x64xf32>, %w: tensor<36x64x!cria.block<q4_0>>, %e: tensor<4x36xf32>",
               "%0 = cria.linear %x, %w into %e : tensor<4x64xf32>, "
               "tensor<36x64x!cria.block<q4_0>> into tensor<4x36xf32>") ==
        Cost{4 * 64 * 4 + 36 * 2 * 18, 4 * 36 * 4, 2 * 4 * 36 * 64});
  CHECK(costOf("%i: tensor<3xi32>, %w: tensor<1000x64x!cria.block<q8_0>>, %e: tensor<3x64xf32>",
               "%0 = cria.embed %i, %w into %e : tensor<3xi32>, "
               "tensor<1000x64x!cria.block<q8_0>> into tensor<3x64xf32>") ==
        Cost{3 * 4 + 3 * 2 * 34, 3 * 64 * 4, 0});
}

TEST_CASE("rotary_table reads no memory") {
  CHECK(costOf("%p: index, %c: tensor<4x8xf32>",
               "%0:2 = cria.rotary_table %p into %c, %c {theta = 1.0e4 : f64, scaling = "
               "#cria.rope_scaling<none>} : tensor<4x8xf32>, tensor<4x8xf32>") ==
        Cost{0, 2 * 128, 3 * 32});
}

TEST_CASE("rope") {
  CHECK(costOf("%x: tensor<4x2x8xf32>, %c: tensor<4x4xf32>, %e: tensor<4x2x8xf32>",
               "%0 = cria.rope %x, %c, %c into %e : tensor<4x2x8xf32>, tensor<4x4xf32>, "
               "tensor<4x4xf32> into tensor<4x2x8xf32>") == Cost{256 + 64 + 64, 256, 6 * 32});
}

TEST_CASE("kv_append writes its rows, not the cache, at any position") {
  for (std::int64_t position : {0, 60})
    CHECK(costOf("%r: tensor<4x2x8xf32>, %p: index, %c: tensor<2x64x8xbf16>",
                 "%0 = cria.kv_append %r at %p into %c : tensor<4x2x8xf32> into "
                 "tensor<2x64x8xbf16>",
                 position) == Cost{256, 128, 0});
  CHECK(costOf("%r: tensor<4x2x32xf32>, %p: index, %c: tensor<2x64x32x!cria.block<q8_0>>",
               "%0 = cria.kv_append %r at %p into %c : tensor<4x2x32xf32> into "
               "tensor<2x64x32x!cria.block<q8_0>>",
               0) == Cost{1024, 8 * 34, 0});
}

TEST_CASE("attend reads the visible rows of all kv heads") {
  // 8 query heads share 2 kv heads; a row of a cache is 2 · 16 · 2 bytes.
  auto cost = [](std::int64_t position) {
    return costOf("%q: tensor<4x8x16xf32>, %k: tensor<2x64x16xbf16>, %p: index",
                  "%0 = cria.attend %q, %k, %k at %p into %q {scale = 0.25 : f64} : "
                  "tensor<4x8x16xf32>, tensor<2x64x16xbf16>, tensor<2x64x16xbf16> into "
                  "tensor<4x8x16xf32>",
                  position);
  };
  // Tokens see 1 + 2 + 3 + 4 rows; for each row and head, a product with q and one with v.
  CHECK(cost(0) == Cost{2048 + 2 * 4 * 64, 2048, 10 * 8 * (2 * 16 + 2 * 16)});
  CHECK(cost(50) == Cost{2048 + 2 * 54 * 64, 2048, (10 + 4 * 50) * 8 * (2 * 16 + 2 * 16)});
}

TEST_CASE("layer_norm") {
  const std::string arguments = "%x: tensor<4x24xf32>, %g: tensor<24xbf16>, %e: tensor<4x24xf32>";
  CHECK(costOf(arguments, "%0 = cria.layer_norm %x, %g bias %g into %e {eps = 1.0e-5 : f64} : "
                          "tensor<4x24xf32>, tensor<24xbf16> bias tensor<24xbf16> into "
                          "tensor<4x24xf32>") == Cost{384 + 2 * 48, 384, 7 * 96});
  CHECK(costOf(arguments, "%0 = cria.layer_norm %x into %e {eps = 1.0e-5 : f64} "
                          ": tensor<4x24xf32> into tensor<4x24xf32>") == Cost{384, 384, 5 * 96});
}

TEST_CASE("the steps of attend move scores and weights of visible pairs") {
  // 4 tokens, 8 query heads, 2 kv heads; a token and a row it sees are 8 · 4 bytes of scores.
  const std::string arguments = "%q: tensor<4x8x16xf32>, %k: tensor<2x64x16xbf16>, "
                                "%s: tensor<4x8x64xf32>, %p: index";
  for (std::int64_t context : {0, 50}) {
    std::int64_t rows = 4 + context, pairs = 10 + 4 * context;
    Cost scores = costOf(arguments,
                         "%0 = cria.scores %q, %k at %p into %s {scale = 0.25 : f64} : "
                         "tensor<4x8x16xf32>, tensor<2x64x16xbf16> into tensor<4x8x64xf32>",
                         context);
    CHECK(scores == Cost{2048 + rows * 64, pairs * 32, pairs * 8 * 2 * 16});
    Cost softmax = costOf(arguments,
                          "%0 = cria.softmax %s at %p into %s : tensor<4x8x64xf32> into "
                          "tensor<4x8x64xf32>",
                          context);
    CHECK(softmax == Cost{pairs * 32, pairs * 32, pairs * 8 * 5});
    Cost mix = costOf(arguments,
                      "%0 = cria.mix %s, %k at %p into %q : tensor<4x8x64xf32>, "
                      "tensor<2x64x16xbf16> into tensor<4x8x16xf32>",
                      context);
    CHECK(mix == Cost{pairs * 32 + rows * 64, 2048, pairs * 8 * 2 * 16});
  }
}

TEST_CASE("the steps of attend in one kernel move as many bytes as attend") {
  const std::string arguments = "%q: tensor<4x8x16xf32>, %k: tensor<2x64x16xbf16>, "
                                "%v: tensor<2x64x16xbf16>, %s: tensor<4x8x64xf32>, "
                                "%e: tensor<4x8x16xf32>, %p: index";
  for (std::int64_t context : {0, 50}) {
    Cost apart = costOf(arguments,
                        "%0 = cria.kernel \"a\" -> tensor<4x8x16xf32> {\n"
                        "%x = cria.scores %q, %k at %p into %s {scale = 0.25 : f64} : "
                        "tensor<4x8x16xf32>, tensor<2x64x16xbf16> into tensor<4x8x64xf32>\n"
                        "%w = cria.softmax %x at %p into %s : tensor<4x8x64xf32> into "
                        "tensor<4x8x64xf32>\n"
                        "%o = cria.mix %w, %v at %p into %e : tensor<4x8x64xf32>, "
                        "tensor<2x64x16xbf16> into tensor<4x8x16xf32>\n"
                        "cria.yield %o : tensor<4x8x16xf32>\n}",
                        context);
    Cost one = costOf(arguments,
                      "%0 = cria.attend %q, %k, %v at %p into %e {scale = 0.25 : f64} : "
                      "tensor<4x8x16xf32>, tensor<2x64x16xbf16>, tensor<2x64x16xbf16> into "
                      "tensor<4x8x16xf32>",
                      context);
    CHECK(apart.bytesRead == one.bytesRead);
    CHECK(apart.bytesWritten == one.bytesWritten);
  }
}

TEST_CASE("gated activations") {
  auto [op, flops] =
      GENERATE(table<std::string, int64_t>({{"swiglu", 5}, {"geglu", 6}, {"reglu", 2}}));
  CHECK(costOf("%g: tensor<4x36xf32>",
               "%0 = cria." + op +
                   " %g, %g into %g "
                   ": tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>") ==
        Cost{2 * 576, 576, flops * 144});
}

TEST_CASE("residual reads its destination") {
  CHECK(costOf("%b: tensor<4x24xf32>, %x: tensor<4x24xf32>",
               "%0 = cria.residual %b into %x : tensor<4x24xf32> into tensor<4x24xf32>") ==
        Cost{2 * 384, 384, 96});
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

namespace {
const std::string normArguments = "%x: tensor<4x24xf32>, %g: tensor<24xbf16>, "
                                  "%w: tensor<36x24xbf16>, %e: tensor<4x24xf32>, "
                                  "%f: tensor<4x36xf32>";
const std::string norm = "%n = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64} "
                         ": tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>\n";
/// %name = x · wᵀ for %x and %w of the shapes above.
std::string linear(const std::string &name, const std::string &x, const std::string &w = "w") {
  return "%" + name + " = cria.linear %" + x + ", %" + w +
         " into %f : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>\n";
}
} // namespace

TEST_CASE("fusing two ops saves one write and one read of the value between them") {
  Cost apart = costOf(normArguments, norm);
  apart += costOf(normArguments, linear("y", "x"));
  Cost fused = costOf(normArguments, "%0 = cria.kernel \"a\" -> tensor<4x36xf32> {\n" + norm +
                                         linear("y", "n") + "cria.yield %y : tensor<4x36xf32>\n}");
  CHECK(apart.bytesRead - fused.bytesRead == 384);
  CHECK(apart.bytesWritten - fused.bytesWritten == 384);
  CHECK(apart.flops == fused.flops);
}

TEST_CASE("a kernel of one op costs as much as the op") {
  CHECK(costOf(normArguments, "%0 = cria.kernel \"a\" -> tensor<4x24xf32> {\n" + norm +
                                  "cria.yield %n : tensor<4x24xf32>\n}") ==
        costOf(normArguments, norm));
}

TEST_CASE("a value that is also yielded is written, but not read again") {
  CHECK(costOf(normArguments, "%0:2 = cria.kernel \"a\" -> tensor<4x36xf32>, tensor<4x24xf32> {\n" +
                                  norm + linear("y", "n") +
                                  "cria.yield %y, %n : tensor<4x36xf32>, tensor<4x24xf32>\n}") ==
        Cost{384 + 48 + 1728, 384 + 576, 4 * 96 + 2 * 4 * 36 * 24});
}

TEST_CASE("a value used by two ops of a kernel is read once") {
  Cost cost = costOf(normArguments,
                     "%0 = cria.kernel \"gate_up\" -> tensor<4x36xf32> {\n" + linear("a", "x") +
                         "%v = cria.weight %t, @w : tensor<36x24xbf16>\n" + linear("b", "x", "v") +
                         "%s = cria.swiglu %a, %b into %f : tensor<4x36xf32>, "
                         "tensor<4x36xf32> into tensor<4x36xf32>\n"
                         "cria.yield %s : tensor<4x36xf32>\n}");
  CHECK(cost == Cost{384 + 2 * 1728, 576, 2 * (2 * 4 * 36 * 24) + 5 * 144});
}

TEST_CASE("reshapes neither move nor hide bytes") {
  Cost cost = costOf(
      "%x: tensor<4x24xf32>, %w: tensor<16x24xbf16>, %e: tensor<4x16xf32>, %c: tensor<4x4xf32>, "
      "%o: tensor<4x2x8xf32>",
      "%0 = cria.kernel \"q\" -> tensor<4x16xf32> {\n"
      "%y = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<16x24xbf16> into "
      "tensor<4x16xf32>\n"
      "%h = tensor.expand_shape %y [[0], [1, 2]] output_shape [4, 2, 8] : tensor<4x16xf32> into "
      "tensor<4x2x8xf32>\n"
      "%r = cria.rope %h, %c, %c into %o : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> "
      "into tensor<4x2x8xf32>\n"
      "%z = tensor.collapse_shape %r [[0], [1, 2]] : tensor<4x2x8xf32> into tensor<4x16xf32>\n"
      "cria.yield %z : tensor<4x16xf32>\n}");
  // cos and sin are one value here.
  CHECK(cost == Cost{384 + 768 + 64, 256, 2 * 4 * 16 * 24 + 6 * 32});
}

TEST_CASE("rows appended inside a kernel are not read back; those before them are") {
  auto cost = [](std::int64_t position) {
    return costOf("%q: tensor<4x8x16xf32>, %r: tensor<4x2x16xf32>, %k: tensor<2x64x16xbf16>, "
                  "%v: tensor<2x64x16xbf16>, %p: index",
                  "%0:2 = cria.kernel \"a\" -> tensor<4x8x16xf32>, tensor<2x64x16xbf16> {\n"
                  "%l = cria.kv_append %r at %p into %k : tensor<4x2x16xf32> into "
                  "tensor<2x64x16xbf16>\n"
                  "%o = cria.attend %q, %l, %v at %p into %q {scale = 0.25 : f64} : "
                  "tensor<4x8x16xf32>, tensor<2x64x16xbf16>, tensor<2x64x16xbf16> into "
                  "tensor<4x8x16xf32>\n"
                  "cria.yield %o, %l : tensor<4x8x16xf32>, tensor<2x64x16xbf16>\n}",
                  position);
  };
  // Rows, q, all visible values, and only the old keys.
  CHECK(cost(0).bytesRead == 512 + 2048 + 4 * 64);
  CHECK(cost(50).bytesRead == 512 + 2048 + 54 * 64 + 50 * 64);
  CHECK(cost(50).bytesWritten == 2048 + 4 * 64);
}

TEST_CASE("a dynamic dimension counts as the tokens of the step") {
  // One kernel of all ops that have a cost of their own, for `tokens` tokens.
  auto kernel = [](const std::string &tokens) {
    std::string x = "tensor<" + tokens + "x24xf32>", y = "tensor<" + tokens + "x36xf32>",
                q = "tensor<" + tokens + "x8x16xf32>", r = "tensor<" + tokens + "x2x16xf32>",
                s = "tensor<" + tokens + "x8x64xf32>", c = "tensor<" + tokens + "x8xf32>",
                k = "tensor<2x64x16xbf16>", i = "tensor<" + tokens + "xi32>";
    std::string arguments = "%i: " + i + ", %w: tensor<36x24xbf16>, %x: " + x + ", %y: " + y +
                            ", %q: " + q + ", %r: " + r + ", %s: " + s + ", %c: " + c +
                            ", %k: " + k + ", %p: index";
    std::string body = "%0 = cria.kernel \"all\" -> " + q +
                       " {\n" //
                       "%a = cria.embed %i, %w into %x : " +
                       i + ", tensor<36x24xbf16> into " + x +
                       "\n%n = cria.rms_norm %a into %x {eps = 0.0 : f64} : " + x + " into " + x +
                       "\n%b = cria.linear %n, %w into %y : " + x + ", tensor<36x24xbf16> into " +
                       y + "\n%g = cria.swiglu %b, %b into %y : " + y + ", " + y + " into " + y +
                       "\n%d = cria.residual %g into %y : " + y + " into " + y +
                       "\n%o = cria.rope %q, %c, %c into %q : " + q + ", " + c + ", " + c +
                       " into " + q + "\n%l = cria.kv_append %r at %p into %k : " + r + " into " +
                       k + "\n%z = cria.scores %o, %l at %p into %s {scale = 1.0 : f64} : " + q +
                       ", " + k + " into " + s + "\n%u = cria.softmax %z at %p into %s : " + s +
                       " into " + s + "\n%m = cria.mix %u, %l at %p into %q : " + s + ", " + k +
                       " into " + q + "\ncria.yield %m : " + q + "\n}";
    return std::pair(arguments, body);
  };
  auto [arguments, body] = kernel("?");
  for (std::int64_t tokens : {1, 4, 13}) {
    auto [staticArguments, staticBody] = kernel(std::to_string(tokens));
    Cost expected = costOf(staticArguments, staticBody, 50);
    CHECK(expected.flops > 0);
    CHECK(costOf(arguments, body, 50, tokens) == expected);
  }
}

//===- InterpreterTest.cpp - What the interpreter refuses -----------------===//
#include "reference/Interpreter.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "passes/Phases.h"
#include "support/Error.h"
#include <catch2/catch.hpp>

using namespace cria;
using reference::Tensor;

namespace {

/// The message of the Error that running `@f` of `source` throws, or "".
std::string refusal(const std::string &source, std::vector<reference::Value> arguments) {
  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  REQUIRE(module);
  try {
    interpret(module->lookupSymbol<mlir::func::FuncOp>("f"), std::move(arguments),
              [](ParamOp, std::int64_t) { return std::make_shared<Tensor>(); });
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

std::shared_ptr<Tensor> tensor(std::vector<std::int64_t> shape, double value = 0) {
  auto made = std::make_shared<Tensor>(std::move(shape));
  std::fill(made->data.begin(), made->data.end(), value);
  return made;
}

} // namespace

TEST_CASE("a token that is not in the vocabulary is refused") {
  const char *source = "func.func @f(%t: tensor<1xi32>, %w: tensor<4x2xf32>) -> tensor<1x2xf32> {\n"
                       "  %e = tensor.empty() : tensor<1x2xf32>\n"
                       "  %0 = cria.embed %t, %w into %e : tensor<1xi32>, tensor<4x2xf32> into "
                       "tensor<1x2xf32>\n"
                       "  return %0 : tensor<1x2xf32>\n}";
  CHECK(refusal(source, {tensor({1}, 3), tensor({4, 2})}).empty());
  CHECK(refusal(source, {tensor({1}, 4), tensor({4, 2})}) ==
        "cria.embed: token 4 of a vocabulary of 4");
  CHECK(refusal(source, {tensor({1}, -1), tensor({4, 2})}) ==
        "cria.embed: token -1 of a vocabulary of 4");
}

TEST_CASE("a position that the cache has no rows for is refused") {
  const char *source =
      "func.func @f(%r: tensor<2x1x2xf32>, %p: index, %c: tensor<1x5x2xf32>) -> "
      "tensor<1x5x2xf32> {\n"
      "  %0 = cria.kv_append %r at %p into %c : tensor<2x1x2xf32> into tensor<1x5x2xf32>\n"
      "  return %0 : tensor<1x5x2xf32>\n}";
  CHECK(refusal(source, {tensor({2, 1, 2}), std::int64_t(3), tensor({1, 5, 2})}).empty());
  for (std::int64_t position : {std::int64_t(4), std::int64_t(-1), INT64_MAX})
    CHECK(refusal(source, {tensor({2, 1, 2}), position, tensor({1, 5, 2})}) ==
          "cria.kv_append: position " + std::to_string(position) +
              " with 2 tokens in a cache of 5 rows");
}

TEST_CASE("a slice outside of its tensor, and a loop that never ends, are refused") {
  CHECK(refusal("func.func @f(%x: tensor<4xf32>, %i: index) -> tensor<2xf32> {\n"
                "  %0 = tensor.extract_slice %x[%i] [2] [1] : tensor<4xf32> to tensor<2xf32>\n"
                "  return %0 : tensor<2xf32>\n}",
                {tensor({4}), std::int64_t(3)}) ==
        "tensor.extract_slice: 2 elements from 3 on in a dimension of 4");
  CHECK(refusal("func.func @f(%x: tensor<4xf32>, %s: index) -> tensor<4xf32> {\n"
                "  %c0 = arith.constant 0 : index\n  %c9 = arith.constant 9 : index\n"
                "  %0 = scf.for %i = %c0 to %c9 step %s iter_args(%y = %x) -> tensor<4xf32> {\n"
                "    scf.yield %y : tensor<4xf32>\n  }\n"
                "  return %0 : tensor<4xf32>\n}",
                {tensor({4}), std::int64_t(0)}) == "scf.for: a step of 0");
}

TEST_CASE("an op of another dialect is named") {
  CHECK(refusal("func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {\n"
                "  %0 = math.absf %x : tensor<4xf32>\n"
                "  return %0 : tensor<4xf32>\n}",
                {tensor({4})}) == "the reference has no meaning for math.absf");
}

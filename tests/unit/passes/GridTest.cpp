//===- GridTest.cpp - Which kernels are one grid --------------------------===//
#include "passes/loops/Grid.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

namespace {

/// A kernel of a linear of each of these numbers of columns, for `tokens` tokens.
std::string siblings(int tokens, std::initializer_list<int> columns) {
  std::string t = std::to_string(tokens), arguments, body, values, types;
  int i = 0;
  for (int n : columns) {
    std::string id = std::to_string(i++), out = "tensor<" + t + "x" + std::to_string(n) + "xf32>";
    std::string weight = "tensor<" + std::to_string(n) + "x8xf32>";
    arguments += ", %w" + id + ": " + weight + ", %e" + id + ": " + out;
    body += "%" + id + " = cria.linear %x, %w" + id + " into %e" + id + " : tensor<" + t +
            "x8xf32>, " + weight + " into " + out + "\n";
    values += (i > 1 ? ", %" : "%") + id;
    types += (i > 1 ? ", " : "") + out;
  }
  return "func.func @f(%x: tensor<" + t + "x8xf32>" + arguments + ") {\n%k:" + std::to_string(i) +
         " = cria.kernel \"k\" -> " + types + " {\n" + body + "cria.yield " + values + " : " +
         types + "\n}\nreturn\n}";
}

} // namespace

TEST_CASE("siblings are split into a number of tiles that divides all of them") {
  Parsed ir(siblings(1, {24, 36}));
  Grid grid(ir.get<KernelOp>());
  CHECK(grid.fault() == "");
  REQUIRE(grid.groups().size() == 2);
  CHECK(grid.extent() == 12);
  CHECK(grid.evenly());
  CHECK(grid.groups()[0].loop() == 1);
  CHECK(grid.groups()[1].loop() == 1);
}

TEST_CASE("siblings without a common number of tiles are split by tokens, if there are several") {
  Parsed one(siblings(1, {24, 35}));
  CHECK(Grid(one.get<KernelOp>()).fault() ==
        "linear and linear cannot be split into the same number of tiles");
  Parsed several(siblings(4, {24, 35}));
  Grid grid(several.get<KernelOp>());
  CHECK(grid.fault() == "");
  CHECK(grid.extent() == 4);
  CHECK(grid.groups()[0].loop() == 0);
}

TEST_CASE("only what is small is computed before a grid") {
  auto kernel = [](const std::string &norm, const std::string &linear) {
    return "func.func @f(%x: tensor<1x8xf32>, %w: tensor<12x8xf32>, %e: tensor<1x12xf32>, "
           "%n: tensor<1x8xf32>, %s: tensor<1xf32>) -> tensor<1x12xf32> {\n"
           "%k = cria.kernel \"k\" -> tensor<1x12xf32> {\n" +
           norm + "\n%1 = cria.linear " + linear +
           " into tensor<1x12xf32>\ncria.yield %1 : tensor<1x12xf32>\n}\n"
           "return %k : tensor<1x12xf32>\n}";
  };
  Parsed scale(kernel("%0 = cria.rms_scale %x into %s {eps = 0.0 : f64} : tensor<1x8xf32> into "
                      "tensor<1xf32>",
                      "%x, %w scale %0 into %e : tensor<1x8xf32>, tensor<12x8xf32> scale "
                      "tensor<1xf32>"));
  CHECK(Grid(scale.get<KernelOp>()).fault() == "");
  Parsed norm(kernel("%0 = cria.rms_norm %x into %n {eps = 0.0 : f64} : tensor<1x8xf32> into "
                     "tensor<1x8xf32>",
                     "%0, %w into %e : tensor<1x8xf32>, tensor<12x8xf32>"));
  CHECK(Grid(norm.get<KernelOp>()).fault() == "rms_norm cannot be computed tile by tile");
}

TEST_CASE("a kernel does not update what its other tiles read") {
  Parsed ir(R"(
func.func @f(%x: tensor<1x8xf32>, %w: tensor<8x8xf32>, %e: tensor<1x8xf32>) -> tensor<1x8xf32> {
  %k = cria.kernel "k" -> tensor<1x8xf32> {
    %0 = cria.linear %x, %w into %e : tensor<1x8xf32>, tensor<8x8xf32> into tensor<1x8xf32>
    %1 = cria.residual %0 into %x : tensor<1x8xf32> into tensor<1x8xf32>
    cria.yield %1 : tensor<1x8xf32>
  }
  return %k : tensor<1x8xf32>
})");
  CHECK(Grid(ir.get<KernelOp>()).fault() == "residual updates what linear reads");
}

TEST_CASE("a value that leaves the kernel is not read inside of it") {
  Parsed ir(R"(
func.func @f(%x: tensor<1x8xf32>, %w: tensor<8x8xf32>, %e: tensor<1x8xf32>, %r: tensor<1x8xf32>)
    -> (tensor<1x8xf32>, tensor<1x8xf32>) {
  %k:2 = cria.kernel "k" -> tensor<1x8xf32>, tensor<1x8xf32> {
    %0 = cria.linear %x, %w into %e : tensor<1x8xf32>, tensor<8x8xf32> into tensor<1x8xf32>
    %1 = cria.residual %0 into %r : tensor<1x8xf32> into tensor<1x8xf32>
    cria.yield %0, %1 : tensor<1x8xf32>, tensor<1x8xf32>
  }
  return %k#0, %k#1 : tensor<1x8xf32>, tensor<1x8xf32>
})");
  CHECK(Grid(ir.get<KernelOp>()).fault() == "linear is read by other kernels too");
}

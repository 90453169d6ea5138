//===- KernelFunctionsTest.cpp - Kernels after they are functions ---------===//
#include "passes/buffers/KernelFunctions.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

TEST_CASE("a function is that of a kernel once it is marked, and is not inlined") {
  Parsed ir("func.func @f() { return }");
  CHECK_FALSE(isKernel(ir.func()));
  markKernel(ir.func());
  CHECK(isKernel(ir.func()));
  auto passthrough = ir.func()->getAttrOfType<mlir::ArrayAttr>("passthrough");
  REQUIRE(passthrough);
  CHECK(mlir::cast<mlir::StringAttr>(passthrough[0]).getValue() == "noinline");
}

TEST_CASE("the amount of a kernel is what was recorded, or nothing") {
  Parsed ir(R"(
func.func @f() {
  cria.kernel "a" attributes {cria.bytes = array<i64: 1, 2, 3, 4>} {
  }
  return
})");
  auto kernel = ir.get<KernelOp>();
  CHECK(amountOf(kernel, "cria.bytes").asArrayRef() == llvm::ArrayRef<std::int64_t>{1, 2, 3, 4});
  CHECK(amountOf(kernel, "cria.flops").asArrayRef() == llvm::ArrayRef<std::int64_t>{0, 0, 0, 0});
}

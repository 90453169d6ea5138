//===- KernelsTest.cpp - Making and merging kernels -----------------------===//
#include "passes/fuse/Kernels.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

TEST_CASE("an outlined op takes the reshapes of its inputs along") {
  Parsed ir(test::chain);
  mlir::IRRewriter rewriter(ir.func().getContext());
  KernelOp kernel = outline(rewriter, ir.get<RopeOp>());
  CHECK(kernel.getName() == "rope");
  CHECK(ir.get<mlir::tensor::ExpandShapeOp>()->getParentOp() == kernel);
  CHECK(ir.get<LinearOp>()->getParentOp() == ir.func());
  CHECK(ir.count<mlir::tensor::ExpandShapeOp>() == 1);
  CHECK(ir.valid());
}

TEST_CASE("merged kernels keep inside what only they read") {
  Parsed ir(test::chain);
  mlir::IRRewriter rewriter(ir.func().getContext());
  KernelOp first = outline(rewriter, ir.get<LinearOp>());
  KernelOp second = outline(rewriter, ir.get<RopeOp>());
  REQUIRE(succeeded(bringForward(rewriter, second, first)));
  KernelOp merged = mergeKernels(rewriter, first, second);
  CHECK(merged.getName() == "linear+rope");
  CHECK(merged.getNumResults() == 1);
  CHECK(ir.count<KernelOp>() == 1);
  CHECK(ir.valid());
}

TEST_CASE("a result that others read leaves the merged kernel too") {
  Parsed ir(R"(
func.func @f(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %e: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %0 = cria.linear %x, %w into %e : tensor<4x8xf32>, tensor<8x8xf32> into tensor<4x8xf32>
  %1 = cria.residual %0 into %x : tensor<4x8xf32> into tensor<4x8xf32>
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
})");
  mlir::IRRewriter rewriter(ir.func().getContext());
  KernelOp first = outline(rewriter, ir.get<LinearOp>());
  KernelOp second = outline(rewriter, ir.get<ResidualOp>());
  CHECK(mergeKernels(rewriter, first, second).getNumResults() == 2);
  CHECK(ir.valid());
}

TEST_CASE("what depends on the first kernel cannot be brought before it") {
  Parsed ir(R"(
func.func @f(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %e: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = cria.linear %x, %w into %e : tensor<4x8xf32>, tensor<8x8xf32> into tensor<4x8xf32>
  %1 = cria.rms_norm %0 into %e {eps = 0.0 : f64} : tensor<4x8xf32> into tensor<4x8xf32>
  %2 = cria.residual %0 into %1 : tensor<4x8xf32> into tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
})");
  mlir::IRRewriter rewriter(ir.func().getContext());
  KernelOp first = outline(rewriter, ir.get<LinearOp>());
  outline(rewriter, ir.get<RmsNormOp>());
  KernelOp last = outline(rewriter, ir.get<ResidualOp>());
  CHECK(failed(bringForward(rewriter, last, first)));
  CHECK(ir.valid());
}

//===- FuserTest.cpp - Following values through kernels -------------------===//
#include "passes/fuse/Fuser.h"
#include "Parsed.h"
#include "passes/fuse/Kernels.h"

using namespace cria;
using test::Parsed;

TEST_CASE("a value is followed through reshapes and boundaries of kernels") {
  Parsed ir(test::chain);
  mlir::IRRewriter rewriter(ir.func().getContext());
  outline(rewriter, ir.get<LinearOp>());
  outline(rewriter, ir.get<RopeOp>());
  auto rope = ir.get<RopeOp>();
  CHECK(Fuser::producerOf(rope.getX()) == ir.get<LinearOp>());
  CHECK(Fuser::producerOf(rope.getCos()) == nullptr); // an argument
  CHECK(Fuser::isOnlyFor(ir.get<LinearOp>(), rope));
}

TEST_CASE("a producer that another op reads is not only for one") {
  Parsed ir(R"(
func.func @f(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %e: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %0 = cria.linear %x, %w into %e : tensor<4x8xf32>, tensor<8x8xf32> into tensor<4x8xf32>
  %1 = cria.residual %0 into %x : tensor<4x8xf32> into tensor<4x8xf32>
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
})");
  CHECK_FALSE(Fuser::isOnlyFor(ir.get<LinearOp>(), ir.get<ResidualOp>()));
}

TEST_CASE("kernels of one loop merge, kernels of two do not") {
  Parsed ir(R"(
func.func @f(%n: index, %x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %e: tensor<4x8xf32>,
             %t: tensor<4x8xf32>)
    -> tensor<4x8xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = cria.linear %x, %w into %e : tensor<4x8xf32>, tensor<8x8xf32> into tensor<4x8xf32>
  %r = cria.linear %x, %w into %e : tensor<4x8xf32>, tensor<8x8xf32> into tensor<4x8xf32>
  %1 = cria.residual %0 into %t : tensor<4x8xf32> into tensor<4x8xf32>
  %2 = scf.for %i = %c0 to %n step %c1 iter_args(%s = %1) -> tensor<4x8xf32> {
    %3 = cria.residual %r into %s : tensor<4x8xf32> into tensor<4x8xf32>
    scf.yield %3 : tensor<4x8xf32>
  }
  return %2 : tensor<4x8xf32>
})");
  Fuser fuser("test", ir.func());
  for (mlir::Operation *op :
       {ir.get<LinearOp>(0).getOperation(), ir.get<LinearOp>(1).getOperation(),
        ir.get<ResidualOp>(0).getOperation(), ir.get<ResidualOp>(1).getOperation()})
    outline(fuser.rewriter(), op);
  CHECK(failed(fuser.merge(ir.get<LinearOp>(1), ir.get<ResidualOp>(1))));
  CHECK(succeeded(fuser.merge(ir.get<LinearOp>(0), ir.get<ResidualOp>(0))));
  CHECK(ir.count<KernelOp>() == 3);
  CHECK(succeeded(fuser.merge(ir.get<LinearOp>(0), ir.get<ResidualOp>(0)))); // one already
  CHECK(ir.valid());
}

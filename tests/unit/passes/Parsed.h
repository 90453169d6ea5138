//===- Parsed.h - IR from text, and the ops in it ---------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Affine/IR/ValueBoundsOpInterfaceImpl.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/ValueBoundsOpInterfaceImpl.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include <catch2/catch.hpp>

namespace cria::test {

/// The one function of `source`.
class Parsed {
public:
  explicit Parsed(const std::string &source)
      : module(mlir::parseSourceString<mlir::ModuleOp>(source, &context())) {
    REQUIRE(module);
  }
  mlir::func::FuncOp func() { return *module->getOps<mlir::func::FuncOp>().begin(); }

  /// Op number `which` of a kind, in order.
  template <typename Op>
  Op get(unsigned which = 0) {
    llvm::SmallVector<Op> ops;
    module->walk([&](Op op) { ops.push_back(op); });
    REQUIRE(which < ops.size());
    return ops[which];
  }
  template <typename Op>
  unsigned count() {
    unsigned found = 0;
    module->walk([&](Op) { ++found; });
    return found;
  }
  bool valid() { return succeeded(mlir::verify(*module)); }

private:
  static mlir::MLIRContext &context() {
    static auto *made = [] {
      mlir::DialectRegistry registry;
      mlir::affine::registerValueBoundsOpInterfaceExternalModels(registry);
      mlir::memref::registerValueBoundsOpInterfaceExternalModels(registry);
      auto *context = new mlir::MLIRContext(registry);
      context->loadDialect<CriaDialect, mlir::func::FuncDialect>();
      return context;
    }();
    return *made;
  }
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

/// Two linears of which the second reads the first, through a reshape, as a rotation would.
inline const char *const chain = R"(
func.func @f(%x: tensor<4x8xf32>, %w: tensor<12x8xf32>, %c: tensor<4x3xf32>,
             %e: tensor<4x12xf32>, %r: tensor<4x2x6xf32>) -> tensor<4x2x6xf32> {
  %0 = cria.linear %x, %w into %e : tensor<4x8xf32>, tensor<12x8xf32> into tensor<4x12xf32>
  %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [4, 2, 6]
     : tensor<4x12xf32> into tensor<4x2x6xf32>
  %2 = cria.rope %1, %c, %c into %r
     : tensor<4x2x6xf32>, tensor<4x3xf32>, tensor<4x3xf32> into tensor<4x2x6xf32>
  return %2 : tensor<4x2x6xf32>
})";

} // namespace cria::test

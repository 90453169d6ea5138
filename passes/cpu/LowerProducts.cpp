//===- LowerProducts.cpp - Products as loops on vectors -------------------===//
#include "mlir/Dialect/AMX/AMXDialect.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/X86Vector/X86VectorDialect.h"
#include "passes/Passes.h"
#include "passes/cpu/products/Product.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_LOWERPRODUCTSPASS
#include "passes/Passes.h.inc"

namespace {

void lowerFew(ProductBuilder &b, Value first, int64_t rows) {
  (b.product.packed() ? lowerFewPackedRows : lowerFewRows)(b, first, rows);
}

/// Rows with rows: which way is faster depends on the number of rows.
void lowerRows(ProductBuilder &b) {
  int64_t few = b.plan.rows;
  if (std::optional<int64_t> rows = getConstantIntValue(b.rowCount)) {
    if (*rows > few)
      lowerManyRows(b);
    else if (*rows > 0)
      lowerFew(b, b.index(0), *rows);
    return;
  }
  Value many = arith::CmpIOp::create(b, arith::CmpIPredicate::ugt, b.rowCount, b.index(few));
  auto choice = scf::IfOp::create(b, many, /*withElseRegion=*/true);
  b.setInsertionPointToStart(choice.thenBlock());
  lowerManyRows(b);
  b.setInsertionPointToStart(choice.elseBlock());
  b.pieces(b.index(0), b.rowCount, few,
           [&](Value first, int64_t rows) { lowerFew(b, first, rows); });
}

struct LowerProducts : impl::LowerProductsPassBase<LowerProducts> {
  void runOnOperation() override {
    SmallVector<Product> products;
    getOperation()->walk([&](linalg::GenericOp op) {
      if (std::optional<Product> product = Product::of(op))
        products.push_back(*product);
    });
    for (const Product &product : products) {
      OpBuilder builder(product.op);
      Plan plan = Plan::of(product);
      ProductBuilder b(builder, product, plan);
      if (product.columns)
        lowerColumns(b);
      else if (getConstantIntValue(b.depth))
        lowerRows(b);
      else
        continue; // left to loops: no op has a dynamic depth
      product.op->erase();
    }
  }
};

} // namespace
} // namespace cria

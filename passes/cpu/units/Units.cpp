//===- Units.cpp - The table of units -------------------------------------===//
#include "passes/cpu/units/Unit.h"

namespace cria {

llvm::ArrayRef<const Unit *> units() {
  static const Unit *const table[] = {
      &amxBf16Unit,     &x86DotBf16Unit,  &armDotBf16Unit, &emulatedDotBf16Unit,
      &vnniDotInt8Unit, &avx2DotInt8Unit, &armDotInt8Unit, &emulatedDotInt8Unit,
      &mmaBf16Unit,     &mmaBf16x3Unit,   &fmaUnit};
  return table;
}

const Unit &unitFor(const TargetInfo &target, mlir::Type element, llvm::StringRef name) {
  for (const Unit *unit : units())
    if (unit->matches(target, element) && (name.empty() || unit->name() == name))
      return *unit;
  return fmaUnit;
}

llvm::SmallVector<mlir::Value> IntegerUnit::sums(mlir::ImplicitLocOpBuilder &b, const Rows &rows,
                                                 Range range) const {
  llvm::SmallVector<mlir::Value> numbers, weights, made;
  for (int64_t i = 0; i < rows.vectors; ++i) {
    numbers.push_back(mlir::arith::ConstantIndexOp::create(b, i));
    weights.push_back(rows.weights(numbers.back()));
  }
  for (size_t row = 0; row < rows.count; ++row) {
    llvm::SmallVector<mlir::Value> x;
    for (mlir::Value number : numbers)
      x.push_back(rows.x(row, number));
    made.push_back(add(b, rows.start(row), weights, x, range));
  }
  return made;
}

mlir::Value constantLike(mlir::ImplicitLocOpBuilder &b, mlir::Value like, int64_t value) {
  mlir::Type type = like.getType(), element = mlir::getElementTypeOrSelf(type);
  mlir::TypedAttr number;
  if (element.isF32())
    number = b.getF32FloatAttr(float(value));
  else
    number = b.getIntegerAttr(element, value);
  if (auto vector = mlir::dyn_cast<mlir::VectorType>(type))
    number = mlir::DenseElementsAttr::get(vector, mlir::Attribute(number));
  return mlir::arith::ConstantOp::create(b, number);
}

} // namespace cria

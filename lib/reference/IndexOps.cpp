//===- IndexOps.cpp - Ops that compute indices ----------------------------===//
#include "dialect/Cria.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "reference/Values.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace cria::reference {
namespace {

using Numbers = std::vector<std::int64_t>;

class IndexOps {
public:
  IndexOps(Operation *op, Values &values) : op(op), values(values) {}

  bool run() {
    bool known = true;
    llvm::TypeSwitch<Operation *>(op)
        .Case([&](arith::ConstantOp o) {
          auto number = dyn_cast<IntegerAttr>(o.getValue());
          known = bool(number);
          if (known)
            set(number.getInt());
        })
        .Case([&](arith::AddIOp) { set(lhs() + rhs()); })
        .Case([&](arith::SubIOp) { set(lhs() - rhs()); })
        .Case([&](arith::MulIOp) { set(lhs() * rhs()); })
        .Case([&](arith::AndIOp) { set(lhs() & rhs()); })
        .Case([&](arith::MinSIOp) { set(std::min(std::int64_t(lhs()), std::int64_t(rhs()))); })
        .Case([&](arith::MinUIOp) { set(std::min(lhs(), rhs())); })
        .Case([&](arith::DivUIOp) { set(lhs() / divisor(rhs())); })
        .Case([&](affine::AffineApplyOp o) { set(fold(o.getAffineMap(), o.getMapOperands())[0]); })
        .Case([&](affine::AffineMinOp o) {
          set(*llvm::min_element(fold(o.getMap(), o.getOperands())));
        })
        .Case([&](affine::AffineMaxOp o) {
          set(*llvm::max_element(fold(o.getMap(), o.getOperands())));
        })
        .Case([&](affine::AffineLinearizeIndexOp o) {
          // A first extent is not needed, and may be there or not.
          Numbers basis = values.indices(o.getMixedBasis());
          std::uint64_t place = 0;
          std::size_t outer = o.getMultiIndex().size() - basis.size(), i = 0;
          for (mlir::Value index : o.getMultiIndex()) {
            place = (i >= outer ? place * basis[i - outer] : place) + values.index(index);
            ++i;
          }
          set(place);
        })
        .Case([&](affine::AffineDelinearizeIndexOp o) {
          Numbers basis = values.indices(o.getMixedBasis());
          std::uint64_t place = values.index(o.getLinearIndex());
          std::size_t outer = o.getNumResults() - basis.size();
          for (std::size_t i = o.getNumResults() - 1; i > 0; --i) {
            std::uint64_t extent = divisor(basis[i - outer]);
            values[o.getResult(i)] = std::int64_t(place % extent);
            place /= extent;
          }
          values[o.getResult(0)] = std::int64_t(place);
        })
        .Default([&](Operation *) { known = false; });
    return known;
  }

private:
  /// Unsigned, since wrapping has a meaning then.
  std::uint64_t lhs() { return std::uint64_t(values.index(op->getOperand(0))); }
  std::uint64_t rhs() { return std::uint64_t(values.index(op->getOperand(1))); }
  void set(std::uint64_t number) { values[op->getResult(0)] = std::int64_t(number); }

  std::uint64_t divisor(std::uint64_t number) {
    if (!number)
      outside(op, "a division by zero");
    return number;
  }

  Numbers fold(AffineMap map, ValueRange operands) {
    Builder b(op->getContext());
    SmallVector<Attribute> constants, made;
    for (mlir::Value operand : operands)
      constants.push_back(b.getIndexAttr(values.index(operand)));
    if (failed(map.constantFold(constants, made)))
      outside(op, "a division by zero");
    Numbers numbers;
    for (Attribute number : made)
      numbers.push_back(cast<IntegerAttr>(number).getInt());
    return numbers;
  }

  Operation *op;
  Values &values;
};

} // namespace

bool runIndexOp(Operation *op, Values &values) { return IndexOps(op, values).run(); }

} // namespace cria::reference

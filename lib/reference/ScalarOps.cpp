//===- ScalarOps.cpp - Ops on single numbers ------------------------------===//
#include "dialect/Cria.h"
#include "reference/Values.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace cria::reference {
namespace {

class ScalarOps {
public:
  ScalarOps(Operation *op, Values &values) : op(op), values(values) {}

  bool run() {
    bool known = true;
    llvm::TypeSwitch<Operation *>(op)
        .Case([&](arith::ConstantOp o) { known = constant(o.getValue()); })
        .Case([&](arith::AddFOp) { set(number(0) + number(1)); })
        .Case([&](arith::SubFOp) { set(number(0) - number(1)); })
        .Case([&](arith::MulFOp) { set(number(0) * number(1)); })
        .Case([&](arith::DivFOp) { set(number(0) / number(1)); })
        .Case([&](arith::NegFOp) { set(-number(0)); })
        .Case([&](arith::MaxNumFOp) { set(std::fmax(number(0), number(1))); })
        .Case([&](arith::MaximumFOp) { extreme(std::max(number(0), number(1))); })
        .Case([&](arith::MinimumFOp) { extreme(std::min(number(0), number(1))); })
        .Case([&](math::ExpOp) { set(std::exp(number(0))); })
        .Case([&](math::ErfOp) { set(std::erf(number(0))); })
        .Case([&](math::SqrtOp) { set(std::sqrt(number(0))); })
        .Case([&](math::CosOp) { set(std::cos(number(0))); })
        .Case([&](math::SinOp) { set(std::sin(number(0))); })
        // All floats are f64 here, and all integers i64.
        .Case<arith::ExtFOp, arith::TruncFOp, WidenOp>([&](auto) { set(number(0)); })
        .Case([&](arith::IndexCastOp o) { set(values.index(o.getIn())); })
        .Case([&](arith::SIToFPOp o) { set(double(values.index(o.getIn()))); })
        .Case([&](arith::CmpIOp o) {
          APInt lhs(64, std::uint64_t(values.index(o.getLhs()))),
              rhs(64, std::uint64_t(values.index(o.getRhs())));
          set(std::int64_t(arith::applyCmpPredicate(o.getPredicate(), lhs, rhs)));
        })
        .Case([&](arith::CmpFOp o) {
          set(std::int64_t(
              arith::applyCmpPredicate(o.getPredicate(), APFloat(number(0)), APFloat(number(1)))));
        })
        .Case([&](arith::SelectOp o) {
          // A copy, since setting a value may move all others.
          set(Value(
              values.at(values.index(o.getCondition()) ? o.getTrueValue() : o.getFalseValue())));
        })
        .Case([&](linalg::IndexOp) {}) // set by the loop around it
        .Default([&](Operation *) { known = false; });
    return known;
  }

private:
  double number(unsigned i) { return std::get<double>(values.at(op->getOperand(i))); }
  /// One of two numbers, or NaN if one of them is.
  void extreme(double chosen) {
    bool known = !std::isnan(number(0)) && !std::isnan(number(1));
    set(known ? chosen : std::numeric_limits<double>::quiet_NaN());
  }
  void set(Value value) { values[op->getResult(0)] = std::move(value); }

  bool constant(Attribute attr) {
    if (auto number = dyn_cast<FloatAttr>(attr)) {
      set(number.getValueAsDouble());
      return true;
    }
    auto elements = dyn_cast<DenseElementsAttr>(attr);
    if (!elements)
      return false;
    Tensor tensor(elements.getType().getShape().vec());
    for (auto [to, from] : llvm::zip_equal(tensor.data, elements.getValues<Attribute>()))
      to = isa<FloatAttr>(from) ? cast<FloatAttr>(from).getValueAsDouble()
                                : double(cast<IntegerAttr>(from).getValue().getSExtValue());
    values.set(op->getResult(0), std::move(tensor));
    return true;
  }

  Operation *op;
  Values &values;
};

} // namespace

bool runScalarOp(Operation *op, Values &values) { return ScalarOps(op, values).run(); }

} // namespace cria::reference

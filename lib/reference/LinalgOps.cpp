//===- LinalgOps.cpp - Loops of linalg, index by index --------------------===//
#include "dialect/Cria.h"
#include "reference/Values.h"

using namespace mlir;

namespace cria::reference {
namespace {

/// Elements are f64, those of integer tensors too.
double asElement(const Value &value) {
  const auto *integer = std::get_if<std::int64_t>(&value);
  return integer ? double(*integer) : std::get<double>(value);
}

class LinalgLoops {
public:
  LinalgLoops(linalg::LinalgOp op, Values &values, BlockRunner runBlock)
      : op(op), values(values), runBlock(runBlock), extents(op.getNumLoops(), 0) {}

  void run() {
    for (OpOperand &init : op.getDpsInitsMutable())
      made.push_back(values.tensor(init.get()));
    for (OpOperand &operand : op->getOpOperands()) {
      if (!isa<ShapedType>(operand.get().getType()))
        continue;
      ArrayRef<std::int64_t> shape = values.tensor(operand.get()).shape;
      for (auto [expr, size] : llvm::zip_equal(mapOf(operand).getResults(), shape))
        if (auto dim = dyn_cast<AffineDimExpr>(expr))
          extents[dim.getPosition()] = size;
    }
    std::vector<std::int64_t> at(extents.size(), 0);
    iterate(at, 0);
    for (auto [result, tensor] : llvm::zip_equal(op->getResults(), made))
      values.set(result, std::move(tensor));
  }

private:
  AffineMap mapOf(OpOperand &operand) { return op.getMatchingIndexingMap(&operand); }

  void iterate(std::vector<std::int64_t> &at, unsigned loop) {
    if (loop == extents.size())
      return visit(at);
    for (at[loop] = 0; at[loop] < extents[loop]; ++at[loop])
      iterate(at, loop + 1);
  }

  /// The place of an element in the data of `tensor`.
  std::size_t placeOf(const Tensor &tensor, AffineMap map, ArrayRef<std::int64_t> at) {
    std::int64_t place = 0;
    for (auto [index, size] : llvm::zip_equal(map.compose(at), tensor.shape)) {
      if (index < 0 || index >= size)
        outside(op, "element " + std::to_string(index) + " of " + std::to_string(size));
      place = place * size + index;
    }
    return std::size_t(place);
  }
  double read(const Tensor &tensor, OpOperand &operand, ArrayRef<std::int64_t> at) {
    std::size_t place = placeOf(tensor, mapOf(operand), at);
    if (op.payloadUsesValueFromOperand(&operand))
      values.touch(tensor, place);
    return tensor.data[place];
  }

  void visit(ArrayRef<std::int64_t> at) {
    for (OpOperand &operand : op->getOpOperands()) {
      BlockArgument argument = op.getMatchingBlockArgument(&operand);
      if (op.isDpsInit(&operand))
        values[argument] =
            read(made[operand.getOperandNumber() - op.getNumDpsInputs()], operand, at);
      else if (isa<ShapedType>(operand.get().getType()))
        values[argument] = read(values.tensor(operand.get()), operand, at);
      else
        values[argument] = Value(values.at(operand.get()));
    }
    for (auto index : op.getBlock()->getOps<linalg::IndexOp>())
      values[index.getResult()] = at[index.getDim()];
    std::vector<Value> results = runBlock(*op.getBlock());
    for (auto [init, tensor, result] : llvm::zip_equal(op.getDpsInitsMutable(), made, results)) {
      std::size_t place = placeOf(tensor, mapOf(init), at);
      tensor.data[place] = asElement(result);
      if (!tensor.origins.empty())
        tensor.origins[place] = Tensor::computed;
    }
  }

  linalg::LinalgOp op;
  Values &values;
  BlockRunner runBlock;
  std::vector<std::int64_t> extents; ///< of each loop
  std::vector<Tensor> made;          ///< of each output
};

} // namespace

void runLinalgOp(Operation *op, Values &values, BlockRunner runBlock) {
  LinalgLoops(cast<linalg::LinalgOp>(op), values, runBlock).run();
}

} // namespace cria::reference

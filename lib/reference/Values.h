//===- Values.h - The values of a function that is interpreted --*- C++ -*-===//
#pragma once
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/BuiltinTypes.h"
#include "reference/Interpreter.h"

namespace cria::reference {

/// What each SSA value is at the moment. Every reading expects a value of the right kind: the
/// IR was verified.
class Values {
public:
  Value &operator[](mlir::Value value) { return map[value]; }
  const Value &at(mlir::Value value) const { return map.find(value)->second; }
  std::vector<Value> at(mlir::ValueRange values) const {
    std::vector<Value> all;
    for (mlir::Value value : values)
      all.push_back(at(value));
    return all;
  }

  const Tensor &tensor(mlir::Value value) const {
    return *std::get<std::shared_ptr<Tensor>>(at(value));
  }
  /// Null for an operand that is not there.
  const Tensor *optional(mlir::Value value) const { return value ? &tensor(value) : nullptr; }
  /// An index or an integer. Elements of integer tensors are f64, as all elements.
  std::int64_t index(mlir::Value value) const {
    const Value &found = at(value);
    const auto *element = std::get_if<double>(&found);
    return element ? std::int64_t(*element) : std::get<std::int64_t>(found);
  }
  std::int64_t index(mlir::OpFoldResult value) const {
    if (auto constant = mlir::getConstantIntValue(value))
      return *constant;
    return index(llvm::cast<mlir::Value>(value));
  }
  std::vector<std::int64_t> indices(llvm::ArrayRef<mlir::OpFoldResult> mixed) const {
    std::vector<std::int64_t> all;
    for (mlir::OpFoldResult value : mixed)
      all.push_back(index(value));
    return all;
  }

  /// An op reads element `i`: noted, if that is a copy of memory.
  void touch(const Tensor &tensor, std::size_t i) {
    if (touched && !tensor.origins.empty())
      (*touched)[tensor.origins[i]] = true;
  }
  std::vector<bool> *touched = nullptr; ///< by origin, if anybody asks

  void set(mlir::Value value, Tensor result) {
    map[value] = std::make_shared<Tensor>(std::move(result));
  }

private:
  llvm::DenseMap<mlir::Value, Value> map;
};

/// Runs `op` if it computes and is of the cria dialect. Throws cria::Error for an index that
/// lies outside of a tensor.
bool runCriaOp(mlir::Operation *op, Values &values, const WeightReader &weights);

/// Runs `op` if it computes indices. Throws cria::Error for a division by zero.
bool runIndexOp(mlir::Operation *op, Values &values);

/// Runs `op` if it computes single numbers.
bool runScalarOp(mlir::Operation *op, Values &values);

/// Runs a block, and returns the values that its terminator passes on.
using BlockRunner = llvm::function_ref<std::vector<Value>(mlir::Block &)>;
/// Runs an op of linalg on tensors, each element of its loops by itself.
void runLinalgOp(mlir::Operation *op, Values &values, BlockRunner runBlock);

/// Throws cria::Error: `op` met an index that lies outside of a tensor.
[[noreturn]] void outside(mlir::Operation *op, const std::string &what);

} // namespace cria::reference

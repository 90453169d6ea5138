//===- Traffic.cpp - What a kernel touches of memory ----------------------===//
#include "reference/Traffic.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace cria::reference {
namespace {

/// Of `count` elements. Those of blocks are touched together.
std::int64_t bytesOf(mlir::Value value, std::int64_t count) {
  return cria::bytesOf(mlir::getElementTypeOrSelf(value), count);
}

/// Tensors that are in memory: constants are part of the code.
bool isInMemory(mlir::Value value) {
  return isa<RankedTensorType>(value.getType()) && !value.getDefiningOp<arith::ConstantOp>();
}

} // namespace

Boundary::Boundary(KernelOp kernel, Values &values)
    : kernel(kernel), values(values), touched(Tensor::unset + 1, false) {
  llvm::SetVector<mlir::Value> used;
  getUsedValuesDefinedAbove(kernel.getBody(), used);
  for (mlir::Value value : llvm::make_filter_range(used, isInMemory)) {
    auto origin = std::uint32_t(touched.size());
    Tensor copy = values.tensor(value);
    copy.origins.resize(copy.data.size());
    std::iota(copy.origins.begin(), copy.origins.end(), origin);
    touched.resize(origin + copy.data.size());
    outside.push_back({value, values.at(value), origin});
    values.set(value, std::move(copy));
  }
  values.touched = &touched;
}

Boundary::~Boundary() {
  values.touched = nullptr;
  for (Outside &one : outside)
    values[one.value] = std::move(one.before);
}

Traffic Boundary::count(std::vector<Value> &results) {
  Traffic traffic;
  for (const Outside &one : outside) {
    auto first = touched.begin() + one.origin;
    auto end = first + std::int64_t(values.tensor(one.value).data.size());
    traffic.bytesRead += bytesOf(one.value, std::count(first, end, true));
  }
  for (auto [result, value] : llvm::zip_equal(kernel.getResults(), results)) {
    Tensor made = *std::get<std::shared_ptr<Tensor>>(value);
    std::int64_t computed = made.origins.empty() ? std::int64_t(made.data.size())
                                                 : llvm::count(made.origins, Tensor::computed);
    traffic.bytesWritten += bytesOf(result, computed);
    made.origins.clear();
    value = std::make_shared<Tensor>(std::move(made));
  }
  return traffic;
}

} // namespace cria::reference

//===- Target.cpp - The target description, to and from DLTI --------------===//
#include "dialect/base/Target.h"
#include "mlir/Dialect/DLTI/DLTI.h"

using namespace mlir;

namespace cria {
namespace {
constexpr StringRef device = "CPU", vectorKey = "vector_bits", l1Key = "l1_bytes",
                    l2Key = "l2_bytes";

void read(Operation *op, StringRef key, int64_t &value) {
  if (auto attr = dlti::query(op, {device, key}); succeeded(attr))
    if (auto number = dyn_cast<IntegerAttr>(*attr); number && number.getInt() > 0)
      value = number.getInt();
}
} // namespace

TargetInfo TargetInfo::of(Operation *op) {
  TargetInfo info;
  read(op, vectorKey, info.vectorBits);
  read(op, l1Key, info.l1Bytes);
  read(op, l2Key, info.l2Bytes);
  return info;
}

void TargetInfo::describe(ModuleOp module) const {
  module.getContext()->loadDialect<DLTIDialect>();
  Builder b(module.getContext());
  auto entry = [&](StringRef key, int64_t value) -> DataLayoutEntryInterface {
    return DataLayoutEntryAttr::get(b.getStringAttr(key), b.getI64IntegerAttr(value));
  };
  auto cpu = TargetDeviceSpecAttr::get(
      b.getContext(), {entry(vectorKey, vectorBits), entry(l1Key, l1Bytes), entry(l2Key, l2Bytes)});
  DataLayoutEntryInterface cpuEntry = DataLayoutEntryAttr::get(b.getStringAttr(device), cpu);
  module->setAttr(DLTIDialect::kTargetSystemDescAttrName,
                  TargetSystemSpecAttr::get(b.getContext(), {cpuEntry}));
}

} // namespace cria

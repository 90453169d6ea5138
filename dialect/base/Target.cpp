//===- Target.cpp - The target description, to and from DLTI --------------===//
#include "dialect/base/Target.h"
#include "mlir/Dialect/DLTI/DLTI.h"

using namespace mlir;

namespace cria {
namespace {
constexpr StringRef cpu = "CPU", gpu = "GPU", vectorKey = "vector_bits",
                    registersKey = "vector_registers", l1Key = "l1_bytes", l2Key = "l2_bytes",
                    prefetchKey = "prefetch_bytes", streamsKey = "read_streams", coresKey = "cores",
                    featuresKey = "features", dialectKey = "dialect", earlyKey = "early_launch";

/// Reads `key` of the description into `value`, ignoring implausible values.
void read(Operation *op, StringRef device, StringRef key, int64_t least, int64_t most,
          int64_t &value) {
  if (auto attr = dlti::query(op, {device, key}); succeeded(attr))
    if (auto number = dyn_cast<IntegerAttr>(*attr))
      if (auto found = number.getValue().trySExtValue(); found && *found >= least && *found <= most)
        value = *found;
}
} // namespace

TargetInfo TargetInfo::of(Operation *op) {
  TargetInfo info;
  if (succeeded(dlti::query(op, {gpu, vectorKey})))
    info.backend = Backend::gpu;
  StringRef device = info.backend == Backend::gpu ? gpu : cpu;
  read(op, device, vectorKey, 32, 1 << 16, info.vectorBits);
  read(op, device, registersKey, 1, 1 << 10, info.vectorRegisters);
  read(op, device, l1Key, 2, int64_t(1) << 40, info.l1Bytes);
  read(op, device, l2Key, 2, int64_t(1) << 40, info.l2Bytes);
  read(op, device, prefetchKey, 0, int64_t(1) << 20, info.prefetchBytes);
  read(op, device, streamsKey, 1, 64, info.readStreams);
  read(op, device, coresKey, 1, 1 << 16, info.cores);
  if (auto attr = dlti::query(op, {device, featuresKey}); succeeded(attr))
    if (auto names = dyn_cast<ArrayAttr>(*attr))
      for (auto name : names.getAsRange<StringAttr>())
        info.features.push_back(name.str());
  if (auto attr = dlti::query(op, {device, dialectKey}); succeeded(attr))
    if (auto name = dyn_cast<StringAttr>(*attr))
      info.dialect = name.str();
  int64_t early = 0;
  read(op, device, earlyKey, 0, 1, early);
  info.earlyLaunch = early;
  return info;
}

void TargetInfo::describe(ModuleOp module) const {
  module.getContext()->loadDialect<DLTIDialect>();
  Builder b(module.getContext());
  auto entry = [&](StringRef key, int64_t value) -> DataLayoutEntryInterface {
    return DataLayoutEntryAttr::get(b.getStringAttr(key), b.getI64IntegerAttr(value));
  };
  SmallVector<DataLayoutEntryInterface> entries{entry(vectorKey, vectorBits),
                                                entry(registersKey, vectorRegisters),
                                                entry(l1Key, l1Bytes),
                                                entry(l2Key, l2Bytes),
                                                entry(prefetchKey, prefetchBytes),
                                                entry(streamsKey, readStreams),
                                                entry(coresKey, cores)};
  if (!features.empty()) {
    SmallVector<StringRef> names(features.begin(), features.end());
    entries.push_back(
        DataLayoutEntryAttr::get(b.getStringAttr(featuresKey), b.getStrArrayAttr(names)));
  }
  if (backend == Backend::gpu)
    entries.push_back(
        DataLayoutEntryAttr::get(b.getStringAttr(dialectKey), b.getStringAttr(dialect)));
  if (earlyLaunch)
    entries.push_back(entry(earlyKey, 1));
  auto device = TargetDeviceSpecAttr::get(b.getContext(), entries);
  DataLayoutEntryInterface entryOfDevice =
      DataLayoutEntryAttr::get(b.getStringAttr(backend == Backend::gpu ? gpu : cpu), device);
  module->setAttr(DLTIDialect::kTargetSystemDescAttrName,
                  TargetSystemSpecAttr::get(b.getContext(), {entryOfDevice}));
}

} // namespace cria

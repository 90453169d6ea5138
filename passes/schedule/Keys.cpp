//===- Keys.cpp - Blocks of keys ------------------------------------------===//
#include "passes/schedule/Policies.h"
#include "llvm/ADT/bit.h"

using namespace mlir;

namespace cria {

int64_t chooseKeys(KernelOp kernel, const TargetInfo &target) {
  Value keys;
  kernel.getBody().walk([&](Operation *op) {
    if (auto attend = dyn_cast<AttendOp>(op))
      keys = attend.getKeys();
    else if (auto rows = dyn_cast<AttendRowsOp>(op))
      keys = rows.getKeys();
  });
  if (!keys)
    return 0;
  // Keys and values of a block stay in the first-level cache while all tokens use them. Fewer rows
  // cost more in rescaling than they save, and more make the buffer of scores large.
  constexpr int64_t fewest = 16, most = 64;
  auto type = cast<ShapedType>(keys.getType());
  int64_t rowBytes = 2 * bytesOf(type.getElementType(), type.getDimSize(2));
  auto fitting = int64_t(llvm::bit_floor(uint64_t(target.l1Bytes / rowBytes)));
  return std::min(type.getDimSize(1), std::clamp(fitting, fewest, most));
}

} // namespace cria

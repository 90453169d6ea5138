//===- Keys.cpp - Blocks of keys ------------------------------------------===//
#include "passes/schedule/Policies.h"
#include "llvm/ADT/bit.h"

using namespace mlir;

namespace cria {

namespace {

struct Attended {
  Value q, keys;
};

Attended attendedBy(KernelOp kernel) {
  Attended found;
  kernel.getBody().walk([&](Operation *op) {
    if (auto attend = dyn_cast<AttendOp>(op))
      found = {attend.getQ(), attend.getKeys()};
    else if (auto rows = dyn_cast<AttendRowsOp>(op))
      found = {rows.getQ(), rows.getKeys()};
  });
  return found;
}

} // namespace

int64_t chooseKeys(KernelOp kernel, const TargetInfo &target) {
  Value keys = attendedBy(kernel).keys;
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

int64_t chooseKeyPrefetch(KernelOp kernel, const TargetInfo &target) {
  Attended attended = attendedBy(kernel);
  if (!attended.keys || cast<ShapedType>(attended.q.getType()).getDimSize(0) != 1)
    return 0;
  // Keys and values of a block are read in turn, with the softmax between them, so a CPU that
  // follows streams by itself stops at the end of each: a block asks for the next one.
  auto type = cast<ShapedType>(attended.keys.getType());
  return chooseKeys(kernel, target) * bytesOf(type.getElementType(), type.getDimSize(2));
}

} // namespace cria

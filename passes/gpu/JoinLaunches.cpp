//===- JoinLaunches.cpp - Two kernels in one launch -----------------------===//
#include "dialect/base/Schedule.h"
#include "dialect/base/Target.h"
#include "mlir/Dialect/LLVMIR/ROCDLDialect.h"
#include "passes/Passes.h"
#include "passes/buffers/Placement.h"
#include "passes/gpu/Block.h"
#include "passes/gpu/BlockAccess.h"
#include "passes/gpu/Tail.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_JOINLAUNCHESPASS
#include "passes/Passes.h.inc"

namespace {

constexpr StringLiteral tableName = "cria.kernels";

gpu::GPUFuncOp kernelOf(gpu::LaunchFuncOp launch) {
  return SymbolTable::lookupNearestSymbolFrom<gpu::GPUFuncOp>(launch, launch.getKernel());
}

/// The rows of the table of kernels, by names on the device.
class KernelTable {
public:
  explicit KernelTable(ModuleOp module) : module(module) {
    if (auto table = module->getAttrOfType<ArrayAttr>(tableName))
      for (auto row : table.getAsRange<DictionaryAttr>())
        rows.insert({StringAttr::get(module.getContext(),
                                     deviceName(row.getAs<StringAttr>("name").getValue())),
                     row});
  }

  /// Bytes that `kernel` moves whatever the context; none if that is not all.
  std::optional<int64_t> bytesOf(gpu::GPUFuncOp kernel) const {
    auto row = rows.lookup(kernel.getNameAttr());
    auto amount = row ? row.getAs<DenseI64ArrayAttr>("bytes") : DenseI64ArrayAttr();
    if (!amount)
      return std::nullopt;
    auto [fixed, perToken, perRow, perPair] =
        std::array<int64_t, 4>{amount[0], amount[1], amount[2], amount[3]};
    if (perRow || perPair)
      return std::nullopt;
    return fixed + perToken;
  }

  bool has(gpu::GPUFuncOp kernel) const { return rows.contains(kernel.getNameAttr()); }

  /// Adds the row of `second` to that of `first`.
  void join(gpu::GPUFuncOp first, gpu::GPUFuncOp second) {
    DictionaryAttr &row = rows[first.getNameAttr()];
    NamedAttrList sum(row);
    auto it = rows.find(second.getNameAttr());
    for (StringRef name : {"bytes", "flops"}) {
      auto terms = llvm::to_vector(row.getAs<DenseI64ArrayAttr>(name).asArrayRef());
      for (auto [term, more] :
           llvm::zip_equal(terms, it->second.getAs<DenseI64ArrayAttr>(name).asArrayRef()))
        term += more;
      sum.set(name, DenseI64ArrayAttr::get(row.getContext(), terms));
    }
    sum.set("tails", ArrayAttr::get(row.getContext(), {it->second.get("name")}));
    row = sum.getDictionary(row.getContext());
    rows.erase(it);
  }

  void write() {
    if (rows.empty())
      return;
    SmallVector<Attribute> all;
    for (auto &[name, row] : rows)
      all.push_back(row);
    module->setAttr(tableName, ArrayAttr::get(module.getContext(), all));
  }

private:
  ModuleOp module;
  llvm::MapVector<StringAttr, DictionaryAttr> rows;
};

/// The launch that directly follows `launch`, if there is one.
gpu::LaunchFuncOp following(gpu::LaunchFuncOp launch) {
  Operation *op = launch->getNextNode();
  while (op && isPure(op))
    op = op->getNextNode();
  return dyn_cast_or_null<gpu::LaunchFuncOp>(op);
}

/// What a block moves in the time that a launch takes, about.
constexpr int64_t bytesOfLaunch = 64 << 10;
/// Bytes of workgroup memory that a count takes.
constexpr int64_t countBytes = 64;

/// Bytes of workgroup memory that a kernel takes, if all that fits by itself fits together.
int64_t allocatedBytes(gpu::GPUFuncOp kernel) {
  int64_t bytes = 0;
  kernel.walk([&](memref::AllocOp alloc) {
    if (int64_t own = Placement::bytesOf(alloc).value_or(0); own <= blockBytes)
      bytes += own;
  });
  return bytes;
}

/// How the blocks of `first` are grouped, one group for each block of `second`.
std::optional<Grouping> groupingOf(gpu::LaunchFuncOp first, gpu::LaunchFuncOp second) {
  constexpr int64_t most = 1 << 12; // blocks that are looked at
  std::optional<BlockId> blocks = blocksOf(first), others = blocksOf(second);
  if (!blocks || !others || (*others)[1] != 1 || (*others)[2] != 1)
    return std::nullopt;
  int64_t groups = (*others)[0];
  if (groups == 1)
    return Grouping::all(*blocks);
  std::optional<BlockAccess> before = BlockAccess::of(first), after = BlockAccess::of(second);
  int64_t count = Grouping::all(*blocks).blocks;
  if (!before || !after || count > most)
    return std::nullopt;
  SmallVector<BlockAccess::Uses> tails;
  for (int64_t group = 0; group < groups; ++group)
    tails.push_back(after->usesOf({group, 0, 0}));
  SmallVector<Grouping, 3> possible = Grouping::even(*blocks, groups);
  for (int64_t n = 0; n < count && !possible.empty(); ++n) {
    auto [x, y, z] = *blocks;
    BlockId id{n % x, n / x % y, n / x / y};
    BlockAccess::Uses uses = before->usesOf(id);
    for (auto [group, tail] : llvm::enumerate(tails))
      if (BlockAccess::dependent(uses, tail))
        llvm::erase_if(possible, [&, group = int64_t(group)](const Grouping &grouping) {
          return grouping.groupOf(id) != group;
        });
  }
  return possible.empty() ? std::nullopt : std::optional(possible.front());
}

struct JoinLaunches : impl::JoinLaunchesPassBase<JoinLaunches> {
  void runOnOperation() override {
    KernelTable table(getOperation());
    DeviceScope scope =
        TargetInfo::of(getOperation()).dialect == ROCDL::ROCDLDialect::getDialectNamespace()
            ? DeviceScope{"agent", /*cumulative=*/false}
            : DeviceScope{"device", /*cumulative=*/true};
    SmallVector<gpu::LaunchFuncOp> launches;
    getOperation().walk([&](gpu::LaunchFuncOp launch) { launches.push_back(launch); });
    llvm::SmallPtrSet<Operation *, 8> erased;
    for (gpu::LaunchFuncOp launch : launches)
      if (!erased.contains(launch))
        if (gpu::LaunchFuncOp second = following(launch))
          if (auto grouping = joinable(launch, second, table)) {
            erased.insert(second);
            join(launch, second, *grouping, scope);
          }
    table.write();
  }

  /// How blocks are grouped if the second kernel can be the end of the first, and that is faster.
  static std::optional<Grouping> joinable(gpu::LaunchFuncOp first, gpu::LaunchFuncOp second,
                                          KernelTable &table) {
    gpu::GPUFuncOp head = kernelOf(first), tail = kernelOf(second);
    std::optional<BlockId> blocks = blocksOf(second);
    std::optional<int64_t> bytes = table.bytesOf(tail);
    if (!blocks || !bytes || *bytes / (*blocks)[0] > bytesOfLaunch || !table.has(head) ||
        scheduleOf(head).getUnit() != scheduleOf(tail).getUnit() ||
        allocatedBytes(head) + allocatedBytes(tail) + countBytes > blockBytes)
      return std::nullopt;
    std::optional<Grouping> grouping = groupingOf(first, second);
    if (grouping)
      table.join(head, tail);
    return grouping;
  }

  static void join(gpu::LaunchFuncOp first, gpu::LaunchFuncOp second, const Grouping &grouping,
                   DeviceScope scope) {
    gpu::GPUFuncOp head = kernelOf(first), tail = kernelOf(second);
    SmallVector<Value> operands(first.getKernelOperands()), arguments;
    for (Value operand : second.getKernelOperands()) {
      auto found = llvm::find(operands, operand);
      unsigned place = unsigned(found - operands.begin());
      if (found == operands.end()) {
        operands.push_back(operand);
        (void)head.insertArgument(place, operand.getType(), {}, head.getLoc());
      }
      arguments.push_back(head.getArgument(place));
    }
    appendTail(head, tail, arguments, grouping, (*blocksOf(second))[0], scope);
    first->moveBefore(second); // after all operands
    first.getKernelOperandsMutable().assign(operands);
    second.erase();
    tail.erase();
  }
};

} // namespace
} // namespace cria

//===- BlockAccess.cpp - The memory that blocks of a launch use -----------===//
#include "passes/gpu/BlockAccess.h"
#include "dialect/base/Storage.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;

namespace cria {

std::optional<BlockId> blocksOf(gpu::LaunchFuncOp launch) {
  gpu::KernelDim3 grid = launch.getGridSizeOperandValues();
  BlockId blocks;
  for (auto [count, value] : llvm::zip_equal(blocks, std::array{grid.x, grid.y, grid.z})) {
    std::optional<int64_t> known = getConstantIntValue(value);
    if (!known)
      return std::nullopt;
    count = *known;
  }
  return blocks;
}

namespace {

/// Part of a buffer that a launch is given.
struct Part {
  Value memory;       ///< none: memory that no other block writes
  int64_t offset = 0; ///< bytes
  struct Dim {
    int64_t stride, size; ///< bytes, elements
  };
  SmallVector<Dim> dims;
  int64_t elementBytes = 1;
  bool isWhole = false; ///< dimensions are not those of the buffer, of which this is a superset
};

/// Finds parts as one block sees them.
class Viewer {
public:
  Viewer(gpu::LaunchFuncOp launch, gpu::GPUFuncOp kernel, const BlockId &block)
      : launch(launch), kernel(kernel), block(block) {}

  /// None if it cannot be said which memory `buffer` is.
  std::optional<Part> partOf(Value buffer) {
    if (auto argument = dyn_cast<BlockArgument>(buffer)) {
      if (argument.getOwner() != &kernel.getBody().front())
        return std::nullopt;
      Value memory = launch.getKernelOperand(argument.getArgNumber());
      // Arguments of an entry point are memory of their own.
      return isa<BlockArgument>(memory) ? all(buffer, memory) : std::nullopt;
    }
    Operation *op = buffer.getDefiningOp();
    if (isa<memref::AllocOp, memref::AllocaOp, memref::GetGlobalOp>(op))
      return Part();
    if (auto cast = dyn_cast<UnrealizedConversionCastOp>(op)) // of a weight, or bytes of blocks
      return isa<MemRefType>(cast.getOperand(0).getType()) ? whole(cast.getOperand(0)) : Part();
    if (auto view = dyn_cast<memref::ViewOp>(op))
      return within(view);
    if (auto view = dyn_cast<memref::SubViewOp>(op))
      return within(view);
    if (isa<memref::CastOp, memref::MemorySpaceCastOp>(op))
      return partOf(op->getOperand(0));
    if (auto expand = dyn_cast<memref::ExpandShapeOp>(op))
      return expanded(expand);
    if (isa<memref::CollapseShapeOp>(op))
      return whole(op->getOperand(0));
    return std::nullopt;
  }

private:
  /// A buffer of static shape, one element after the other.
  static std::optional<Part> all(Value buffer, Value memory) {
    auto type = dyn_cast<MemRefType>(buffer.getType());
    if (!type || !type.hasStaticShape() || !type.getLayout().isIdentity())
      return std::nullopt;
    Part part;
    part.memory = memory;
    int64_t stride = part.elementBytes = bytesOf(type.getElementType(), 1);
    for (int64_t size : llvm::reverse(type.getShape())) {
      part.dims.insert(part.dims.begin(), {stride, size});
      stride *= size;
    }
    return part;
  }

  std::optional<Part> whole(Value buffer) {
    std::optional<Part> part = partOf(buffer);
    if (part)
      part->isWhole = true;
    return part;
  }

  std::optional<Part> within(memref::ViewOp view) {
    std::optional<Part> source = partOf(view.getSource());
    std::optional<int64_t> shift = valueOf(view.getByteShift());
    std::optional<Part> part =
        source && shift ? all(view.getResult(), source->memory) : std::nullopt;
    if (part)
      part->offset = source->offset + *shift;
    return part;
  }

  std::optional<Part> within(memref::SubViewOp view) {
    std::optional<Part> part = partOf(view.getSource());
    if (!part || !part->memory || part->isWhole)
      return part;
    SmallVector<Part::Dim> kept;
    llvm::SmallBitVector dropped = view.getDroppedDims();
    for (auto [i, dim] : llvm::enumerate(part->dims)) {
      std::optional<int64_t> offset = valueOf(view.getMixedOffsets()[i]),
                             size = valueOf(view.getMixedSizes()[i]),
                             stride = valueOf(view.getMixedStrides()[i]);
      if (offset && size && stride) {
        part->offset += *offset * dim.stride;
        dim = {dim.stride * *stride, *size};
      } else {
        part->isWhole = true; // its dimensions are those of the source in part
      }
    }
    if (part->isWhole)
      return part;
    for (auto [i, dim] : llvm::enumerate(part->dims))
      if (!dropped.test(unsigned(i)))
        kept.push_back(dim);
    part->dims = kept;
    return part;
  }

  std::optional<Part> expanded(memref::ExpandShapeOp expand) {
    std::optional<Part> part = partOf(expand.getSrc());
    if (!part || !part->memory || part->isWhole)
      return part;
    SmallVector<Part::Dim> dims;
    ArrayRef<int64_t> shape = expand.getResultType().getShape();
    for (auto [dim, group] : llvm::zip_equal(part->dims, expand.getReassociationIndices())) {
      int64_t stride = dim.stride;
      SmallVector<Part::Dim> inner;
      for (int64_t i : llvm::reverse(group)) {
        if (ShapedType::isDynamic(shape[size_t(i)]))
          return whole(expand.getSrc());
        inner.insert(inner.begin(), {stride, shape[size_t(i)]});
        stride *= shape[size_t(i)];
      }
      dims.append(inner);
    }
    part->dims = dims;
    return part;
  }

  std::optional<int64_t> valueOf(OpFoldResult value) {
    if (auto known = getConstantIntValue(value))
      return known;
    auto [place, isNew] = values.try_emplace(cast<Value>(value));
    if (isNew) {
      std::optional<int64_t> found = compute(cast<Value>(value));
      values[cast<Value>(value)] = found;
      return found;
    }
    return place->second;
  }

  std::optional<int64_t> compute(Value value) {
    if (auto argument = dyn_cast<BlockArgument>(value))
      return argument.getOwner() == &kernel.getBody().front()
                 ? getConstantIntValue(launch.getKernelOperand(argument.getArgNumber()))
                 : std::nullopt;
    Operation *op = value.getDefiningOp();
    if (auto id = dyn_cast<gpu::BlockIdOp>(op))
      return block[size_t(id.getDimension())];
    if (!isPure(op) || op->getNumResults() != 1 || op->getNumRegions())
      return std::nullopt;
    SmallVector<Attribute> operands;
    Builder b(op->getContext());
    for (Value operand : op->getOperands()) {
      std::optional<int64_t> known = valueOf(operand);
      if (!known)
        return std::nullopt;
      operands.push_back(b.getIntegerAttr(operand.getType(), *known));
    }
    SmallVector<OpFoldResult> folded;
    if (failed(op->fold(operands, folded)) || folded.size() != 1)
      return std::nullopt;
    return valueOf(folded.front());
  }

  gpu::LaunchFuncOp launch;
  gpu::GPUFuncOp kernel;
  const BlockId &block;
  llvm::DenseMap<Value, std::optional<int64_t>> values;
};

/// Adds the runs of neighbouring bytes of `part` to `runs`.
void addRuns(const Part &part, SmallVectorImpl<BlockAccess::Bytes> &runs) {
  SmallVector<Part::Dim> dims(part.dims);
  int64_t run = part.elementBytes;
  while (!dims.empty() && (dims.back().size == 1 || dims.back().stride == run))
    run *= dims.pop_back_val().size;
  int64_t count = 1;
  for (const Part::Dim &dim : dims)
    count *= dim.size;
  for (int64_t i = 0; i < count; ++i) {
    int64_t begin = part.offset, rest = i;
    for (const Part::Dim &dim : llvm::reverse(dims)) {
      begin += rest % dim.size * dim.stride;
      rest /= dim.size;
    }
    runs.push_back({part.memory, begin, begin + run});
  }
}

bool overlap(ArrayRef<BlockAccess::Bytes> first, ArrayRef<BlockAccess::Bytes> second) {
  return llvm::any_of(first, [&](const BlockAccess::Bytes &a) {
    return llvm::any_of(second, [&](const BlockAccess::Bytes &b) {
      return a.memory == b.memory && a.begin < b.end && b.begin < a.end;
    });
  });
}

} // namespace

std::optional<BlockAccess> BlockAccess::of(gpu::LaunchFuncOp launch) {
  auto kernel = SymbolTable::lookupNearestSymbolFrom<gpu::GPUFuncOp>(launch, launch.getKernel());
  BlockAccess found(launch, kernel);
  Viewer first(launch, kernel, {});
  auto result = kernel.walk([&](Operation *op) -> WalkResult {
    if (op == kernel || isa<LLVM::LoadOp>(op)) // of the table of weights, or the position
      return WalkResult::advance();
    auto memory = dyn_cast<MemoryEffectOpInterface>(op);
    if (!memory)
      return isPure(op) || op->hasTrait<OpTrait::HasRecursiveMemoryEffects>() ||
                     op->hasTrait<OpTrait::IsTerminator>()
                 ? WalkResult::advance()
                 : WalkResult::interrupt();
    SmallVector<MemoryEffects::EffectInstance> effects;
    memory.getEffects(effects);
    for (const MemoryEffects::EffectInstance &effect : effects) {
      bool writes = isa<MemoryEffects::Write>(effect.getEffect());
      if (!writes && !isa<MemoryEffects::Read>(effect.getEffect()))
        continue;
      std::optional<Part> part = effect.getValue() ? first.partOf(effect.getValue()) : std::nullopt;
      if (!part)
        return WalkResult::interrupt();
      if (part->memory)
        found.accesses.push_back({effect.getValue(), writes});
    }
    return WalkResult::advance();
  });
  if (result.wasInterrupted())
    return std::nullopt;
  return found;
}

BlockAccess::Uses BlockAccess::usesOf(const BlockId &block) const {
  Uses uses;
  Viewer viewer(launch, kernel, block);
  for (const Access &access : accesses)
    addRuns(*viewer.partOf(access.buffer), access.writes ? uses.written : uses.read);
  return uses;
}

bool BlockAccess::dependent(const Uses &first, const Uses &second) {
  return overlap(first.written, second.read) || overlap(first.read, second.written) ||
         overlap(first.written, second.written);
}

} // namespace cria

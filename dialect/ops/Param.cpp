//===- Param.cpp - Weights by name ----------------------------------------===//
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

/// Whether both are of one name, for layers that are not the same.
static bool complements(ParamOp a, ParamOp b) {
  auto shapeOf = [](ParamOp param) {
    auto type = dyn_cast_or_null<RankedTensorType>(param.getTypeAttr() ? param.getType() : Type());
    return type ? type.getShape() : ArrayRef<int64_t>();
  };
  return a.getLayers() && b.getLayers() && a.getCount() == b.getCount() &&
         shapeOf(a) == shapeOf(b) &&
         llvm::none_of(*a.getLayers(), [&](int64_t layer) { return b.hasLayer(layer); });
}

LogicalResult ParamOp::verify() {
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!type || !type.hasStaticShape() || type.getRank() < 1 || type.getRank() > 2 ||
      !storageOf(type.getElementType()))
    return emitOpError() << "param_c1: type must be a static tensor of rank 1 or 2 of f32, f16, "
                            "bf16 or blocks, found "
                         << getType();
  if (isBlock(type.getElementType()) &&
      (type.getRank() != 2 || type.getDimSize(1) % storageOf(type.getElementType())->elements))
    return emitOpError() << "param_c1: rows of " << type << " are not whole blocks of "
                         << storageOf(type.getElementType())->elements << " elements";
  if (type.getDimSize(0) % rowsTogether(type.getElementType()))
    return emitOpError() << "param_c1: rows of " << type << " are not whole groups of "
                         << rowsTogether(type.getElementType());
  if (getCount() < 1)
    return emitOpError() << "param_c2: count must be positive, found " << getCount();
  if (getCheckpointName().contains("{}") != getRepeated())
    return emitOpError() << "param_c2: name \"" << getCheckpointName() << "\" "
                         << (getRepeated() ? "lacks {} but the parameter is repeated"
                                           : "holds {} but the parameter is not repeated");
  if (!getRepeated() && getCount() != 1)
    return emitOpError() << "param_c2: count is " << getCount()
                         << " but the parameter is not repeated";
  if (auto layers = getLayers())
    if (!getRepeated() || layers->empty() || layers->front() < 0 ||
        layers->back() >= int64_t(getCount()) ||
        llvm::adjacent_find(*layers, std::greater_equal<>()) != layers->end())
      return emitOpError() << "param_c4: layers [" << *layers
                           << "] are not ascending iterations of a repeated parameter";
  // Other ops of the module may not be verified yet; even their attributes may be missing.
  for (auto other : (*this)->getBlock()->getOps<ParamOp>())
    if (other != *this && other.getCheckpointNameAttr() == getCheckpointNameAttr() &&
        !complements(*this, other))
      return emitOpError() << "param_c3: checkpoint name \"" << getCheckpointName()
                           << "\" is also that of " << other.getSymNameAttr();
  return success();
}

WeightSlots WeightSlots::of(ModuleOp module) {
  WeightSlots slots;
  llvm::StringMap<int64_t> byName;
  for (auto param : module.getOps<ParamOp>()) {
    auto [name, isNew] = byName.try_emplace(param.getCheckpointName(), slots.count);
    slots.first[param.getSymName()] = name->second;
    if (isNew)
      slots.count += param.getCount();
  }
  return slots;
}

LogicalResult WeightOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto param = symbols.lookupNearestSymbolFrom<ParamOp>(*this, getParamAttr());
  if (!param)
    return emitOpError() << "weight_c1: @" << getParam() << " is not a cria.param";
  auto type = cast<ShapedType>(getResult().getType());
  RankedTensorType declared = param.getTensorType();
  auto buffer = dyn_cast<MemRefType>(type);
  Type element = declared.getElementType();
  bool isBytes = buffer && isBlock(element) &&
                 buffer == bytesType(MemRefType::get(declared.getShape(), element));
  if (!isBytes && (type.getShape() != declared.getShape() || type.getElementType() != element))
    return emitOpError() << "weight_c1: result is " << type << " but @" << getParam()
                         << " is declared as " << declared;
  if (bool(getLayer()) != param.getRepeated())
    return emitOpError() << "weight_c2: @" << getParam() << " is "
                         << (param.getRepeated() ? "repeated and needs a layer"
                                                 : "not repeated and takes no layer");
  return success();
}

// The buffer of a weight is a mapped file: it exists already and is read-only.
bool WeightOp::bufferizesToAllocation(Value) { return false; }

bool WeightOp::isWritable(Value, const bufferization::AnalysisState &) { return false; }

LogicalResult WeightOp::bufferize(RewriterBase &rewriter,
                                  const bufferization::BufferizationOptions &,
                                  bufferization::BufferizationState &) {
  auto tensor = dyn_cast<RankedTensorType>(getResult().getType());
  if (!tensor)
    return success();
  bufferization::replaceOpWithNewBufferizedOp<WeightOp>(
      rewriter, *this, MemRefType::get(tensor.getShape(), tensor.getElementType()), getWeights(),
      getParamAttr(), getLayer());
  return success();
}

//===- KernelNames.cpp - What a kernel is called --------------------------===//
#include "passes/fuse/KernelNames.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace cria {
namespace {

/// Names without duplicates, in order.
using Names = llvm::SmallSetVector<StringRef, 4>;

/// The parameter that `value` reads; null if it is no weight.
ParamOp paramOf(Value value) {
  auto weight = value ? value.getDefiningOp<WeightOp>() : WeightOp();
  return weight ? SymbolTable::lookupNearestSymbolFrom<ParamOp>(weight, weight.getParamAttr())
                : ParamOp();
}

/// Whether tokens are looked up in `param`, so that a product with it is the head of a model.
bool isTokenTable(ParamOp param) {
  WalkResult found = param->getParentOp()->walk([&](EmbedOp embed) {
    return paramOf(embed.getTable()) == param ? WalkResult::interrupt() : WalkResult::advance();
  });
  return found.wasInterrupted();
}

/// The module of the checkpoint that `param` belongs to: "q" for
/// "model.layers.{}.attn.q_proj.weight" and, as GGUF files call it, "blk.{}.attn_q.weight".
StringRef moduleOf(ParamOp param) {
  StringRef name = param.getCheckpointName();
  name.consume_back(".weight");
  name = name.substr(name.rfind('.') + 1);
  name.consume_back("_proj");
  if (name != "attn_output") // "output" is the head
    (void)(name.consume_front("attn_") || name.consume_front("ffn_"));
  return name;
}

/// The modules of the weights of all ops of type `OpT`; empty if one has a weight of unknown name.
template <typename OpT>
Names modulesOf(KernelOp kernel) {
  Names names;
  for (auto op : kernel.getBody().getOps<OpT>()) {
    ParamOp param = paramOf(op.getWeight());
    if (!param)
      return {};
    names.insert(isTokenTable(param) ? "lm_head" : moduleOf(param));
  }
  return names;
}

std::string joined(const Names &names) {
  bool letters = llvm::all_of(names, [](StringRef name) { return name.size() == 1; });
  return llvm::join(names, letters ? "" : "_");
}

} // namespace

std::string describe(KernelOp kernel) {
  for (const Names &names :
       {modulesOf<LinearOp>(kernel), modulesOf<RmsNormOp>(kernel), modulesOf<LayerNormOp>(kernel)})
    if (!names.empty())
      return joined(names);
  Names ops;
  for (Operation &op : kernel.getBody().getOps())
    if (isa<TileMapOpInterface, linalg::LinalgOp>(op))
      ops.insert(op.getName().stripDialect());
  return llvm::join(ops, "+");
}

} // namespace cria

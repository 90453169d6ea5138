//===- Weights.cpp - Parameters of an emitted model -----------------------===//
#include "emit/Weights.h"
#include "emit/Blocks.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace cria::emit {
namespace {

/// model.layers.{}.self_attn.q_proj.weight becomes self_attn_q_proj.
std::string symbolOf(StringRef name) {
  name.consume_front("model.");
  if (size_t layer = name.find("{}."); layer != StringRef::npos)
    name = name.drop_front(layer + 3);
  name.consume_back(".weight");
  std::string symbol = name.str();
  for (char &c : symbol)
    if (!llvm::isAlnum(c))
      c = '_';
  return symbol;
}

} // namespace

Type elementType(MLIRContext *context, spec::DType dtype) {
  return storageType(context, std::int64_t(dtype));
}

SmallVector<int64_t> Weights::layersLike(const std::string &name, int64_t sample) const {
  SmallVector<int64_t> layers;
  auto found = options.dtypes.find(name);
  if (found != options.dtypes.end() && found->second.size() > 1)
    for (auto [layer, dtype] : llvm::enumerate(found->second))
      if (dtype == found->second.at(size_t(sample)))
        layers.push_back(int64_t(layer));
  return layers;
}

StringAttr Weights::declare(Location loc, const std::string &name, spec::DType dtype,
                            RankedTensorType type, const WeightScope &scope) {
  auto [entry, isNew] = declared.try_emplace({name, dtype});
  if (!isNew)
    return entry->second;
  // Parameters precede the functions, in the order of their first use.
  OpBuilder b = OpBuilder::atBlockBegin(module.getBody());
  for (Operation &op : *module.getBody())
    if (isa<ParamOp>(op))
      b.setInsertionPointAfter(&op);
  std::string symbol = symbolOf(name);
  for (unsigned i = 2; module.lookupSymbol(symbol); ++i)
    symbol = symbolOf(name) + "_" + std::to_string(i);
  bool repeated = name.find("{}") != std::string::npos;
  auto other = options.names.find(name);
  const std::string &inFile = other == options.names.end() ? name : other->second;
  SmallVector<int64_t> layers = layersLike(name, scope.sample);
  auto op = ParamOp::create(b, loc, symbol, inFile, type, repeated ? scope.times : 1, repeated,
                            layers.empty() ? DenseI64ArrayAttr() : b.getDenseI64ArrayAttr(layers));
  return entry->second = op.getSymNameAttr();
}

Variants Weights::variants(const spec::Repeat &repeat) const {
  std::vector<std::string> names;
  for (const spec::Param &param : spec::parameters({model.name, {model.nodes.front(), repeat}}))
    names.push_back(param.name);
  std::vector<spec::Attention> attentions;
  forEachAttention(repeat.body,
                   [&](const spec::Attention &attention) { attentions.push_back(attention); });
  return Variants::of(repeat.times, names, attentions, options.dtypes);
}

Value Weights::read(OpBuilder &b, Location loc, const WeightScope &scope, const std::string &name,
                    ArrayRef<int64_t> shape) {
  spec::DType dtype = spec::storage_of(model, options.dtypes, name, shape.size(), scope.sample);
  Type element = elementType(b.getContext(), dtype);
  if (options.packed.contains(name))
    element = packedType(element);
  auto type = RankedTensorType::get(shape, element);
  StringAttr symbol = declare(loc, name, dtype, type, scope);
  bool repeated = name.find("{}") != std::string::npos;
  return WeightOp::create(b, loc, type, scope.table, FlatSymbolRefAttr::get(symbol),
                          repeated ? scope.layer : Value());
}

} // namespace cria::emit

//===- Blocks.cpp - One emission rule per block ---------------------------===//
#include "emit/Blocks.h"
#include "support/Error.h"
#include <cmath>

using namespace mlir;

namespace cria::emit {
namespace {

RopeScalingAttr scalingOf(MLIRContext *context, const spec::RopeScaling &scaling) {
  auto number = [&](double value) { return FloatAttr::get(Float64Type::get(context), value); };
  using Kind = spec::RopeScaling::Kind;
  switch (scaling.kind) {
  case Kind::none:
    return RopeScalingAttr::get(context, RopeScalingKind::none, {}, {}, {}, 0, {}, {}, {}, {});
  case Kind::linear:
    return RopeScalingAttr::get(context, RopeScalingKind::linear, number(scaling.factor), {}, {}, 0,
                                {}, {}, {}, {});
  case Kind::llama3:
    return RopeScalingAttr::get(context, RopeScalingKind::llama3, number(scaling.factor),
                                number(scaling.low_freq_factor), number(scaling.high_freq_factor),
                                scaling.original_context, {}, {}, {}, {});
  case Kind::yarn:
    return RopeScalingAttr::get(context, RopeScalingKind::yarn, number(scaling.factor), {}, {},
                                scaling.original_context, number(scaling.attention_factor),
                                number(scaling.beta_fast), number(scaling.beta_slow),
                                BoolAttr::get(context, scaling.truncate));
  }
  llvm_unreachable("unknown rope scaling");
}

} // namespace

void forEachAttention(ArrayRef<spec::Node> nodes,
                      function_ref<void(const spec::Attention &)> visit) {
  for (const spec::Node &node : nodes) {
    if (auto *attention = std::get_if<spec::Attention>(&node))
      visit(*attention);
    if (auto *residual = std::get_if<spec::Residual>(&node))
      forEachAttention(residual->branch, visit);
    if (auto *repeat = std::get_if<spec::Repeat>(&node))
      forEachAttention(repeat->body, visit);
  }
}

int64_t countAttentions(ArrayRef<spec::Node> nodes) {
  int64_t count = 0;
  for (const spec::Node &node : nodes) {
    count += std::holds_alternative<spec::Attention>(node);
    if (auto *residual = std::get_if<spec::Residual>(&node))
      count += countAttentions(residual->branch);
    if (auto *repeat = std::get_if<spec::Repeat>(&node))
      count += repeat->times * countAttentions(repeat->body);
  }
  return count;
}

Location Blocks::at(const std::string &name) const { return NameLoc::get(b.getStringAttr(name)); }

Value Blocks::empty(Location loc, ArrayRef<int64_t> shape) {
  SmallVector<OpFoldResult> sizes{tokens};
  llvm::append_range(sizes, getAsIndexOpFoldResult(b.getContext(), shape));
  return tensor::EmptyOp::create(b, loc, sizes, b.getF32Type());
}

Value Blocks::emit(ArrayRef<spec::Node> nodes, Value x, Caches &caches) {
  for (const spec::Node &node : nodes)
    x = std::visit(
        [&](const auto &block) -> Value {
          using Block = std::decay_t<decltype(block)>;
          if constexpr (std::is_same_v<Block, spec::Embed> || std::is_same_v<Block, spec::Unembed>)
            throw Error("spec: embed must come first and unembed last, not inside the model");
          else if constexpr (std::is_same_v<Block, spec::RmsNorm> ||
                             std::is_same_v<Block, spec::SwiGlu>)
            return emit(block, x);
          else
            return emit(block, x, caches);
        },
        node);
  return x;
}

Value Blocks::emit(const spec::Embed &embed, Value tokens, Value into) {
  Location loc = at(embed.name);
  Value table = weights.read(b, loc, scope, embed.name + ".weight", {embed.vocab, embed.hidden});
  return EmbedOp::create(b, loc, tokens, table, into)->getResult(0);
}

Value Blocks::emit(const spec::Unembed &unembed, Value x, Value into) {
  return linear(at(unembed.name), x, unembed.name, unembed.vocab, /*bias=*/false, into);
}

Value Blocks::emit(const spec::RmsNorm &norm, Value x) {
  Location loc = at(norm.name);
  Value gain = weights.read(b, loc, scope, norm.name + ".weight", {dimOf(x, 1)});
  Value into = empty(loc, {dimOf(x, 1)});
  FloatAttr eps = b.getF64FloatAttr(norm.eps);
  if (norm.kind == spec::RmsNorm::Kind::rms)
    return RmsNormOp::create(b, loc, x, gain, into, eps)->getResult(0);
  Value offset = weights.read(b, loc, scope, norm.name + ".bias", {dimOf(x, 1)});
  return LayerNormOp::create(b, loc, x, gain, offset, into, eps)->getResult(0);
}

Value Blocks::emit(const spec::SwiGlu &swiglu, Value x) {
  Location loc = at(swiglu.name);
  Value gate = linear(loc, x, swiglu.name + ".gate_proj", swiglu.ffn, swiglu.bias);
  Value up = linear(loc, x, swiglu.name + ".up_proj", swiglu.ffn, swiglu.bias);
  Value into = empty(loc, {swiglu.ffn});
  Value gated = activate(loc, swiglu.gate, gate, up, into);
  return linear(loc, gated, swiglu.name + ".down_proj", dimOf(x, 1), swiglu.bias);
}

Value Blocks::activate(Location loc, spec::SwiGlu::Gate kind, Value gate, Value up, Value into) {
  using Gate = spec::SwiGlu::Gate;
  switch (kind) {
  case Gate::silu:
    return SwigluOp::create(b, loc, gate, up, into)->getResult(0);
  case Gate::gelu:
    return GegluOp::create(b, loc, gate, up, into)->getResult(0);
  case Gate::relu:
    return RegluOp::create(b, loc, gate, up, into)->getResult(0);
  }
  llvm_unreachable("unknown gate");
}

Value Blocks::emit(const spec::Residual &residual, Value x, Caches &caches) {
  Value branch = emit(residual.branch, x, caches);
  if (branch.getType() != x.getType())
    throw Error("spec: residual: the branch turns width " + std::to_string(dimOf(x, 1)) + " into " +
                std::to_string(dimOf(branch, 1)) + ", so it cannot be added back");
  return ResidualOp::create(b, branch.getLoc(), branch, x)->getResult(0);
}

/// Residuals update the stream in place; all other blocks write a new tensor.
static bool isInPlace(Value x, Value memory) {
  while (x != memory) {
    auto result = dyn_cast<OpResult>(x);
    if (!result)
      return false;
    if (auto loop = dyn_cast<scf::ForOp>(result.getOwner()))
      x = loop.getTiedLoopInit(result)->get();
    else if (auto dst = dyn_cast<DestinationStyleOpInterface>(result.getOwner()))
      x = dst.getTiedOpOperand(result)->get();
    else
      return false;
  }
  return true;
}

Value settle(OpBuilder &b, Value x, Value memory) {
  if (isInPlace(x, memory))
    return x;
  // Memory that nothing else touches can be written to instead of a new tensor.
  if (auto dst = x.getDefiningOp<DestinationStyleOpInterface>(); dst && memory.use_empty()) {
    OpOperand *init = dst.getTiedOpOperand(cast<OpResult>(x));
    if (init->get().getDefiningOp<tensor::EmptyOp>()) {
      init->set(memory);
      return x;
    }
  }
  return linalg::CopyOp::create(b, x.getLoc(), x, memory)->getResult(0);
}

Value Blocks::linear(Location loc, Value x, const std::string &name, int64_t outputs, bool bias,
                     Value into) {
  loc = at(name);
  Value weight = weights.read(b, loc, scope, name + ".weight", {outputs, dimOf(x, 1)});
  Value offset = bias ? weights.read(b, loc, scope, name + ".bias", {outputs}) : Value();
  if (!into)
    into = empty(loc, {outputs});
  return LinearOp::create(b, loc, x, weight, offset, into)->getResult(0);
}

Value Blocks::splitHeads(Location loc, Value x, int64_t heads) {
  int64_t headDim = dimOf(x, 1) / heads;
  auto type = RankedTensorType::get({dimOf(x, 0), heads, headDim}, b.getF32Type());
  return tensor::ExpandShapeOp::create(
      b, loc, type, x, ArrayRef<ReassociationIndices>{{0}, {1, 2}},
      ArrayRef<OpFoldResult>{tokens, b.getIndexAttr(heads), b.getIndexAttr(headDim)});
}

Value Blocks::rotate(Location loc, Value x, const Angles &angles) {
  Value into = empty(loc, {dimOf(x, 1), dimOf(x, 2)});
  RopePairing pairing =
      angles.rope.pairing == spec::RopePairing::half ? RopePairing::half : RopePairing::interleaved;
  return RopeOp::create(b, loc, x, angles.cos, angles.sin, into, pairing)->getResult(0);
}

void Blocks::emitRotaryTables(const std::vector<spec::Node> &nodes) {
  forEachAttention(nodes, [&](const spec::Attention &attention) {
    for (const Angles &known : tables)
      if (known.rope == attention.rope && known.headDim == attention.head_dim)
        return;
    Location loc = b.getUnknownLoc();
    Value cos = empty(loc, {attention.head_dim / 2});
    Value sin = empty(loc, {attention.head_dim / 2});
    auto table =
        RotaryTableOp::create(b, loc, position, cos, sin, b.getF64FloatAttr(attention.rope.theta),
                              scalingOf(b.getContext(), attention.rope.scaling));
    tables.push_back(
        {attention.rope, attention.head_dim, table->getResult(0), table->getResult(1)});
  });
}

const Blocks::Angles &Blocks::anglesOf(const spec::Attention &attention) const {
  for (const Angles &known : tables)
    if (known.rope == attention.rope && known.headDim == attention.head_dim)
      return known;
  llvm_unreachable("emitRotaryTables has visited all attentions");
}

Value Blocks::emit(const spec::Attention &attention, Value x, Caches &caches) {
  Location loc = at(attention.name);
  int64_t heads = attention.heads, kvHeads = attention.kv_heads, headDim = attention.head_dim;
  auto project = [&](const char *name, int64_t count) {
    Value flat = linear(loc, x, attention.name + name, count * headDim, attention.bias);
    return splitHeads(loc, flat, count);
  };
  auto rotated = [&](Value x) {
    return attention.rotates(scope.sample) ? rotate(loc, x, anglesOf(attention)) : x;
  };
  Value q = rotated(project(".q_proj", heads));
  Value k = rotated(project(".k_proj", kvHeads));
  Value v = project(".v_proj", kvHeads);

  // Slice this layer's caches, append to them, and insert them again. The insertion must follow the
  // last read: bufferization would copy memory that is read after it is overwritten.
  OpFoldResult cache = b.getIndexAttr(attentions);
  if (scope.layer) {
    Value first = arith::ConstantIndexOp::create(b, loc, attentions);
    Value each = arith::ConstantIndexOp::create(b, loc, attentionsInRepeat);
    Value skipped = b.createOrFold<arith::MulIOp>(loc, scope.layer, each);
    cache = b.createOrFold<arith::AddIOp>(loc, skipped, first);
  }
  ++attentions;
  int64_t rows = dimOf(caches.keys, 2);
  SmallVector<OpFoldResult> offsets(4, b.getIndexAttr(0)), strides(4, b.getIndexAttr(1));
  offsets[0] = cache;
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(1), b.getIndexAttr(kvHeads), b.getIndexAttr(rows),
                                  b.getIndexAttr(headDim)};
  auto append = [&](Value fresh, Value all) -> Value {
    auto type = RankedTensorType::get({kvHeads, rows, headDim}, getElementTypeOrSelf(all));
    Value own = tensor::ExtractSliceOp::create(b, loc, type, all, offsets, sizes, strides);
    return KvAppendOp::create(b, loc, fresh, position, own)->getResult(0);
  };
  auto putBack = [&](Value longer, Value &all) {
    all = tensor::InsertSliceOp::create(b, loc, longer, all, offsets, sizes, strides);
  };
  Value keys = append(k, caches.keys), values = append(v, caches.values);

  Value into = empty(loc, {heads, headDim});
  Value mixed = AttendOp::create(b, loc, q, keys, values, position, into,
                                 b.getF64FloatAttr(1 / std::sqrt(double(headDim))))
                    ->getResult(0);
  putBack(keys, caches.keys);
  putBack(values, caches.values);
  Value flat =
      tensor::CollapseShapeOp::create(b, loc, mixed, ArrayRef<ReassociationIndices>{{0}, {1, 2}});
  return linear(loc, flat, attention.name + ".o_proj", dimOf(x, 1), attention.bias);
}

} // namespace cria::emit

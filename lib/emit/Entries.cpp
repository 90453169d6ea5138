//===- Entries.cpp - The entry points of a compiled model -----------------===//
#include "cria/spec/figures.hpp"
#include "emit/Blocks.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "support/Error.h"

using namespace mlir;

namespace cria::emit {
namespace {

/// A model is embed, then decoder blocks, then the head: final norms and unembed, which work on
/// each token independently.
struct Parts {
  const spec::Embed &embed;
  ArrayRef<spec::Node> blocks, head;
  const spec::Unembed &unembed;
};

Parts split(const spec::Model &model) {
  ArrayRef<spec::Node> nodes(model.nodes);
  if (nodes.size() < 2 || !std::holds_alternative<spec::Embed>(nodes.front()) ||
      !std::holds_alternative<spec::Unembed>(nodes.back()))
    throw Error("spec: a model must begin with embed and end with unembed");
  auto &embed = std::get<spec::Embed>(nodes.front());
  auto &unembed = std::get<spec::Unembed>(nodes.back());
  if (unembed.vocab != embed.vocab)
    throw Error("spec: embed has a vocabulary of " + std::to_string(embed.vocab) +
                " tokens but unembed has " + std::to_string(unembed.vocab));
  ArrayRef<spec::Node> inner = nodes.drop_front().drop_back();
  size_t headSize = 0;
  while (headSize < inner.size() &&
         std::holds_alternative<spec::RmsNorm>(inner[inner.size() - 1 - headSize]))
    ++headSize;
  return {embed, inner.drop_back(headSize), inner.take_back(headSize), unembed};
}

class Entries {
public:
  Entries(ModuleOp module, const spec::Model &model, const Options &options)
      : b(module.getContext()), module(module), model(model), options(options), parts(split(model)),
        weights(module, model, options) {}

  void emitPrefill() {
    RankedTensorType hidden = f32({options.chunk, parts.embed.hidden});
    Type index = b.getIndexType();
    auto func = create("prefill", {tokens(options.chunk), index, index, cache(), cache(), hidden},
                       {cache(), cache(), hidden});
    Location loc = func.getLoc();
    // All sizes follow from this number, so the bound of each is that of its buffer.
    AffineMap least = AffineMap::get(
        1, 0, {b.getAffineDimExpr(0), b.getAffineConstantExpr(options.chunk)}, b.getContext());
    Value count = affine::AffineMinOp::create(b, loc, least, func.getArgument(2));
    SmallVector<OpFoldResult> offsets(2, b.getIndexAttr(0)), strides(2, b.getIndexAttr(1)),
        sizes{count, b.getIndexAttr(parts.embed.hidden)};
    Value ids = tensor::ExtractSliceOp::create(b, loc, func.getArgument(1), offsets[0], sizes[0],
                                               strides[0]);
    Value into =
        tensor::ExtractSliceOp::create(b, loc, func.getArgument(6), offsets, sizes, strides);
    Caches caches{func.getArgument(4), func.getArgument(5)};
    Blocks blocks(b, weights, func.getArgument(0), count, func.getArgument(3));
    Value x = settle(b, trunk(blocks, ids, caches, into), into);
    x = tensor::InsertSliceOp::create(b, loc, x, func.getArgument(6), offsets, sizes, strides);
    finish(func, {caches.keys, caches.values, x});
  }

  void emitDecode() {
    RankedTensorType logits = f32({1, parts.unembed.vocab});
    auto func = create("decode", {tokens(1), b.getIndexType(), cache(), cache(), logits, token()},
                       {cache(), cache(), logits, token()});
    Caches caches{func.getArgument(3), func.getArgument(4)};
    Value x = tensor::EmptyOp::create(b, func.getLoc(), {1, parts.embed.hidden}, b.getF32Type());
    Blocks blocks(b, weights, func.getArgument(0), b.getIndexAttr(1), func.getArgument(2));
    x = trunk(blocks, func.getArgument(1), caches, x);
    auto [scores, likeliest] = top(func, x, func.getArguments().take_back(2));
    finish(func, {caches.keys, caches.values, scores, likeliest});
  }

  void emitHead() {
    RankedTensorType hidden = f32({1, parts.embed.hidden}), logits = f32({1, parts.unembed.vocab});
    auto func = create("head", {hidden, logits, token()}, {logits, token()});
    auto [scores, likeliest] = top(func, func.getArgument(1), func.getArguments().take_back(2));
    finish(func, {scores, likeliest});
  }

  void emitState() {
    RankedTensorType hidden = f32({1, parts.embed.hidden});
    auto func = create("state", {hidden, hidden}, {hidden});
    finish(func, settle(b, norm(func, func.getArgument(1)), func.getArgument(2)));
  }

private:
  RankedTensorType f32(ArrayRef<int64_t> shape) {
    return RankedTensorType::get(shape, b.getF32Type());
  }
  RankedTensorType tokens(int64_t count) { return RankedTensorType::get({count}, b.getI32Type()); }
  /// That of the likeliest token.
  RankedTensorType token() { return RankedTensorType::get({1, 1}, b.getI32Type()); }
  RankedTensorType cache() {
    CacheShape shape = cacheShape(model);
    return RankedTensorType::get({shape.layers, shape.kvHeads, options.maxSeq, shape.headDim},
                                 elementType(b.getContext(), options.kvDtype));
  }

  /// Creates a function whose arguments are the weight table and `inputs`.
  func::FuncOp create(StringRef name, ArrayRef<Type> inputs, ArrayRef<Type> results) {
    SmallVector<Type> all{WeightsType::get(b.getContext())};
    all.append(inputs.begin(), inputs.end());
    b.setInsertionPointToEnd(module.getBody());
    auto func = func::FuncOp::create(b, NameLoc::get(b.getStringAttr(name)), name,
                                     b.getFunctionType(all, results));
    // The binary calls it through its descriptor, not by name.
    func.setPrivate();
    b.setInsertionPointToStart(func.addEntryBlock());
    return func;
  }

  /// The embedding and the decoder blocks.
  Value trunk(Blocks &blocks, Value ids, Caches &caches, Value into) {
    blocks.emitRotaryTables(model.nodes);
    return blocks.emit(parts.blocks, blocks.emit(parts.embed, ids, into), caches);
  }

  /// Blocks for one token, none of which depends on its position.
  Blocks ofHead(func::FuncOp func) {
    return Blocks(b, weights, func.getArgument(0), b.getIndexAttr(1), Value());
  }

  /// What comes between the last decoder block and unembed.
  Value norm(func::FuncOp func, Value x) {
    Caches none;
    return ofHead(func).emit(parts.head, x, none);
  }

  /// The logits and the likeliest token, written to `into`.
  std::pair<Value, Value> top(func::FuncOp func, Value x, ValueRange into) {
    x = norm(func, x);
    spec::Unembed unembed = parts.unembed;
    if (unembed.tied)
      unembed.name = parts.embed.name;
    Value logits = ofHead(func).emit(unembed, x, into[0]);
    return {logits, likeliest(logits, into[1])};
  }

  /// The token of the largest logit, from the best of each part of the vocabulary: parts can be
  /// looked through side by side.
  Value likeliest(Value logits, Value into) {
    int64_t size = spec::argmax_part(dimOf(logits, 1)), parts = dimOf(logits, 1) / size;
    Location loc = into.getLoc();
    auto empty = [&](int64_t count, Type element) -> Value {
      return tensor::EmptyOp::create(b, loc, {1, count}, element);
    };
    auto each = ArgmaxOp::create(b, loc, logits, Value(), empty(parts, b.getF32Type()),
                                 empty(parts, b.getI32Type()), 1);
    return ArgmaxOp::create(b, loc, each->getResult(0), each->getResult(1),
                            empty(1, b.getF32Type()), into, size)
        ->getResult(1);
  }

  void finish(func::FuncOp func, ValueRange results) {
    func::ReturnOp::create(b, func.getLoc(), results);
  }

  OpBuilder b;
  ModuleOp module;
  const spec::Model &model;
  const Options &options;
  Parts parts;
  Weights weights;
};

} // namespace

CacheShape cacheShape(const spec::Model &model) {
  CacheShape shape{countAttentions(model.nodes), 0, 0};
  forEachAttention(model.nodes, [&](const spec::Attention &attention) {
    if (shape.kvHeads &&
        (shape.kvHeads != attention.kv_heads || shape.headDim != attention.head_dim))
      throw Error("spec: all attentions share one cache, but one has " +
                  std::to_string(shape.kvHeads) + " kv heads of " + std::to_string(shape.headDim) +
                  " and another " + std::to_string(attention.kv_heads) + " of " +
                  std::to_string(attention.head_dim));
    shape.kvHeads = attention.kv_heads;
    shape.headDim = attention.head_dim;
  });
  if (!shape.layers)
    throw Error("spec: the model has no attention, and so no cache");
  return shape;
}

OwningOpRef<ModuleOp> emitModel(MLIRContext &context, const spec::Model &model,
                                const Options &options) {
  context.loadDialect<CriaDialect, func::FuncDialect, tensor::TensorDialect, linalg::LinalgDialect,
                      scf::SCFDialect, arith::ArithDialect>();
  OwningOpRef<ModuleOp> module =
      ModuleOp::create(NameLoc::get(StringAttr::get(&context, model.name)), model.name);
  options.target.describe(*module);
  Entries entries(*module, model, options);
  entries.emitPrefill();
  entries.emitDecode();
  entries.emitHead();
  entries.emitState();
  if (failed(verify(*module)))
    throw Error("spec: " + model.name + ": internal error: the emitted module is invalid");
  return module;
}

} // namespace cria::emit

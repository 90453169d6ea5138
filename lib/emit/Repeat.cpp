//===- Repeat.cpp - Layers as a loop --------------------------------------===//
#include "emit/Blocks.h"
#include "support/Error.h"

using namespace mlir;

namespace cria::emit {

Value Blocks::emit(const spec::Repeat &repeat, Value x, Caches &caches) {
  if (scope.layer)
    throw Error("spec: repeats cannot be nested: weights would have no names");
  Location loc = b.getUnknownLoc();
  auto index = [&](int64_t value) { return arith::ConstantIndexOp::create(b, loc, value); };
  SmallVector<Value> carried{x};
  if (caches.keys)
    carried.append({caches.keys, caches.values});
  auto loop = scf::ForOp::create(b, loc, index(0), index(repeat.times), index(1), carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  scope.layer = loop.getInductionVar();
  scope.times = repeat.times;
  attentionsInRepeat = countAttentions(repeat.body);
  int64_t before = attentions;
  Variants variants = weights.variants(repeat);
  auto body = [&](size_t variant) {
    scope.sample = variants.samples[variant];
    attentions = before;
    emitBody(repeat, loop.getRegionIterArgs());
  };
  if (variants.samples.size() == 1) {
    body(0);
  } else {
    scf::IndexSwitchOp choice = chooseVariant(loc, variants, loop);
    for (size_t variant = 0; variant < variants.samples.size(); ++variant) {
      bool isLast = variant + 1 == variants.samples.size();
      b.createBlock(isLast ? &choice.getDefaultRegion() : &choice.getCaseRegions()[variant]);
      body(variant);
    }
  }
  attentions = before + repeat.times * attentionsInRepeat;
  scope.layer = {};
  scope.times = 1;
  scope.sample = 0;
  if (caches.keys)
    caches = {loop.getResult(1), loop.getResult(2)};
  return loop.getResult(0);
}

void Blocks::emitBody(const spec::Repeat &repeat, ValueRange carried) {
  Value x = carried[0];
  Caches inside = carried.size() > 1 ? Caches{carried[1], carried[2]} : Caches{};
  SmallVector<Value> next{emit(repeat.body, x, inside)};
  if (next[0].getType() != x.getType())
    throw Error("spec: repeat: the body changes the width from " + std::to_string(dimOf(x, 1)) +
                " to " + std::to_string(dimOf(next[0], 1)));
  next[0] = settle(b, next[0], x);
  if (inside.keys)
    next.append({inside.keys, inside.values});
  scf::YieldOp::create(b, b.getUnknownLoc(), next);
}

scf::IndexSwitchOp Blocks::chooseVariant(Location loc, const Variants &variants, scf::ForOp loop) {
  auto type = RankedTensorType::get({int64_t(variants.ofLayer.size())}, b.getIndexType());
  Value table =
      arith::ConstantOp::create(b, loc, DenseIntElementsAttr::get(type, variants.ofLayer));
  Value number = tensor::ExtractOp::create(b, loc, table, loop.getInductionVar());
  auto cases = llvm::to_vector(llvm::seq<int64_t>(0, int64_t(variants.samples.size()) - 1));
  auto types = ValueRange(loop.getRegionIterArgs()).getTypes();
  auto choice = scf::IndexSwitchOp::create(b, loc, types, number, cases, unsigned(cases.size()));
  scf::YieldOp::create(b, loc, choice.getResults());
  return choice;
}

} // namespace cria::emit

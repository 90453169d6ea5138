//===- Blocks.h - One emission rule per block -------------------*- C++ -*-===//
#pragma once
#include "emit/Weights.h"

namespace cria::emit {

/// The current SSA values of the caches, keys and values of all layers.
struct Caches {
  mlir::Value keys, values;
};

inline std::int64_t dimOf(mlir::Value value, unsigned i) {
  return llvm::cast<mlir::RankedTensorType>(value.getType()).getDimSize(i);
}

/// Emits blocks into one function, for T tokens. `x` is the residual stream [T, D]; every rule
/// takes the current value and returns the next.
class Blocks {
public:
  /// `tokens` is T. `position` is null if no block of the function depends on it.
  Blocks(mlir::OpBuilder &b, Weights &weights, mlir::Value table, mlir::OpFoldResult tokens,
         mlir::Value position)
      : b(b), weights(weights), scope{table, {}, 1, 0}, tokens(tokens), position(position) {}

  /// Emits the tables of angles. Angles depend only on the position, so all layers share them.
  void emitRotaryTables(const std::vector<spec::Node> &nodes);
  mlir::Value emit(llvm::ArrayRef<spec::Node> nodes, mlir::Value x, Caches &caches);
  mlir::Value emit(const spec::Embed &embed, mlir::Value tokens, mlir::Value into);
  mlir::Value emit(const spec::Unembed &unembed, mlir::Value x, mlir::Value into);

private:
  struct Angles {
    spec::Rope rope;
    std::int64_t headDim;
    mlir::Value cos, sin;
  };
  mlir::Value emit(const spec::RmsNorm &norm, mlir::Value x);
  mlir::Value emit(const spec::Attention &attention, mlir::Value x, Caches &caches);
  mlir::Value emit(const spec::SwiGlu &swiglu, mlir::Value x);
  mlir::Value emit(const spec::Residual &residual, mlir::Value x, Caches &caches);
  mlir::Value emit(const spec::Repeat &repeat, mlir::Value x, Caches &caches);
  /// One iteration, from what the loop carries.
  void emitBody(const spec::Repeat &repeat, mlir::ValueRange carried);
  /// The switch of a loop between bodies for its layers, each a region that yields what the loop
  /// carries.
  mlir::scf::IndexSwitchOp chooseVariant(mlir::Location loc, const Variants &variants,
                                         mlir::scf::ForOp loop);

  mlir::Value linear(mlir::Location loc, mlir::Value x, const std::string &name,
                     std::int64_t outputs, bool bias, mlir::Value into = {});
  mlir::Value activate(mlir::Location loc, spec::SwiGlu::Gate kind, mlir::Value gate,
                       mlir::Value up, mlir::Value into);
  mlir::Value splitHeads(mlir::Location loc, mlir::Value x, std::int64_t heads);
  mlir::Value rotate(mlir::Location loc, mlir::Value x, const Angles &angles);
  const Angles &anglesOf(const spec::Attention &attention) const;
  /// An empty tensor [T, shape...].
  mlir::Value empty(mlir::Location loc, llvm::ArrayRef<std::int64_t> shape);
  mlir::Location at(const std::string &name) const;

  mlir::OpBuilder &b;
  Weights &weights;
  WeightScope scope;
  mlir::OpFoldResult tokens;
  mlir::Value position;
  std::vector<Angles> tables;
  std::int64_t attentions = 0;         ///< number of attentions emitted so far
  std::int64_t attentionsInRepeat = 0; ///< attentions per iteration, inside a repeat
};

/// Copies `x` to `memory`, unless `x` is an in-place update of `memory`.
mlir::Value settle(mlir::OpBuilder &b, mlir::Value x, mlir::Value memory);
/// Number of attentions in `nodes`, counting each iteration of a repeat.
std::int64_t countAttentions(llvm::ArrayRef<spec::Node> nodes);
/// Calls `visit` once for every attention, ignoring repetition.
void forEachAttention(llvm::ArrayRef<spec::Node> nodes,
                      llvm::function_ref<void(const spec::Attention &)> visit);

} // namespace cria::emit

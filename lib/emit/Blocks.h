//===- Blocks.h - One rule for each block of a spec -------------*- C++ -*-===//
#pragma once
#include "emit/Weights.h"

namespace cria::emit {

/// The keys or values of all layers, as they are at this point of the function.
struct Caches {
  mlir::Value keys, values;
};

/// Emits blocks into one function. `x` is the residual stream [T, D]; every rule takes
/// the current value and returns the next.
class Blocks {
public:
  Blocks(mlir::OpBuilder &b, Weights &weights, mlir::Value table, mlir::Value position)
      : b(b), weights(weights), scope{table, {}, 1}, position(position) {}

  /// Angles depend on nothing but the position: they are computed once, here.
  void emitRotaryTables(const std::vector<spec::Node> &nodes, std::int64_t tokens);
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

  mlir::Value linear(mlir::Location loc, mlir::Value x, const std::string &name,
                     std::int64_t outputs, bool bias, mlir::Value into = {});
  mlir::Value activate(mlir::Location loc, spec::SwiGlu::Gate kind, mlir::Value gate,
                       mlir::Value up, mlir::Value into);
  mlir::Value splitHeads(mlir::Location loc, mlir::Value x, std::int64_t heads);
  mlir::Value rotate(mlir::Location loc, mlir::Value x, const Angles &angles);
  const Angles &anglesOf(const spec::Attention &attention) const;
  mlir::Value empty(mlir::Location loc, llvm::ArrayRef<std::int64_t> shape);
  mlir::Location at(const std::string &name) const;

  mlir::OpBuilder &b;
  Weights &weights;
  WeightScope scope;
  mlir::Value position;
  std::vector<Angles> tables;
  std::int64_t attentions = 0;         ///< caches used by what was emitted so far
  std::int64_t attentionsInRepeat = 0; ///< of one trip, inside a repeat
};

/// `x` in `memory`: copied there, unless it is what `memory` became in place.
mlir::Value settle(mlir::OpBuilder &b, mlir::Value x, mlir::Value memory);
/// Attentions among `nodes`, a repeated one counted `times` times.
std::int64_t countAttentions(llvm::ArrayRef<spec::Node> nodes);
/// Calls `visit` for every attention once, whatever repeats it.
void forEachAttention(llvm::ArrayRef<spec::Node> nodes,
                      llvm::function_ref<void(const spec::Attention &)> visit);

} // namespace cria::emit

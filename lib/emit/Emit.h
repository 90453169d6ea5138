//===- Emit.h - From a spec graph to the cria dialect -----------*- C++ -*-===//
//
// A model becomes one module: its parameters, then four entry points whose
// signatures are those of include/cria/runtime/abi.h.
//
//   @prefill  appends up to a chunk of tokens to the caches and returns their hidden states
//   @decode   appends one token to the caches and returns its logits
//   @head     returns the logits of one hidden state
//   @state    returns the final norm of one hidden state
//
// A `Repeat` becomes one loop whose body contains one copy of the block for each way in which
// layers store their weights, so the size of the IR does not depend on the number of layers.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/params.hpp"
#include "dialect/base/Target.h"
#include "mlir/IR/OwningOpRef.h"
#include <set>
#include <string>

namespace cria::emit {

struct Options {
  std::int64_t chunk = 64;    ///< most tokens of a prefill call
  std::int64_t maxSeq = 4096; ///< capacity of the cache in tokens: its rows
  spec::DType kvDtype = spec::DType::f32;
  /// Storage of weights by checkpoint name; `Model::dtype` for those not listed.
  spec::Storages dtypes;
  /// Weights whose rows are packed, by checkpoint name; see storage/Packed.h.
  std::set<std::string> packed;
  /// What the files call the weights whose names there are others than in the graph.
  std::map<std::string, std::string> names;
  TargetInfo target;
};

/// Dimensions of the caches, for the runtime.
struct CacheShape {
  std::int64_t layers = 0, kvHeads = 0, headDim = 0;
};

/// The cache shape that all attentions of `model` share. Throws cria::Error if they differ.
CacheShape cacheShape(const spec::Model &model);

/// Emits `model` as a module. Throws cria::Error if the graph is not a language model.
mlir::OwningOpRef<mlir::ModuleOp> emitModel(mlir::MLIRContext &context, const spec::Model &model,
                                            const Options &options);

} // namespace cria::emit

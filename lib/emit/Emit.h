//===- Emit.h - From a spec graph to the cria dialect -----------*- C++ -*-===//
//
// A model becomes one module: its parameters, then four entry points whose
// signatures are those of include/cria/runtime/abi.h.
//
//   @prefill  a chunk of tokens: caches appended, hidden states out
//   @decode   one token: caches appended, logits out
//   @head     logits of one hidden state
//   @state    the final norm of one hidden state
//
// A `Repeat` becomes one loop whose body holds one copy of the block, so the size of
// the IR does not depend on the number of layers.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/graph.hpp"
#include "dialect/base/Target.h"
#include "mlir/IR/OwningOpRef.h"
#include <map>
#include <string>

namespace cria::emit {

struct Options {
  std::int64_t chunk = 64;    ///< tokens of a prefill call
  std::int64_t maxSeq = 4096; ///< most tokens in the cache
  spec::DType kvDtype = spec::DType::f32;
  /// Storage of a weight by its name in the checkpoint; `Model::dtype` if absent.
  std::map<std::string, spec::DType> dtypes;
  TargetInfo target;

  /// Rows of a cache: a last chunk that begins before `maxSeq` may end after it.
  std::int64_t cacheRows() const { return maxSeq + chunk - 1; }
};

/// The extents that the runtime must know of the caches.
struct CacheShape {
  std::int64_t layers = 0, kvHeads = 0, headDim = 0;
};

/// All attentions of a model share one cache shape; throws cria::Error where they do not.
CacheShape cacheShape(const spec::Model &model);

/// Throws cria::Error for a graph that has no meaning as a language model.
mlir::OwningOpRef<mlir::ModuleOp> emitModel(mlir::MLIRContext &context, const spec::Model &model,
                                            const Options &options);

} // namespace cria::emit

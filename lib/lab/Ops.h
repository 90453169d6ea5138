//===- Ops.h - The ops of a model as functions ------------------*- C++ -*-===//
#pragma once
#include "driver/Source.h"

namespace cria::lab {

/// Sizes of a model whose blocks are all alike, as the lab shows it.
struct Sizes {
  std::int64_t vocab = 0, hidden = 0, layers = 0, heads = 0, kvHeads = 0, headDim = 0, ffn = 0;
  double eps = 0;
  spec::Rope rope;
};

/// Throws cria::Error if `source` is not a Llama 3 with tied, bf16 weights, which the pages are
/// for.
Sizes sizesOf(const driver::Source &source);

/// How many rows the caches of the functions have.
inline constexpr std::int64_t cacheRows = 512;

/// IR with a function for each op of the model, for one token, and for ops on few numbers that
/// pages show. Functions named like an op have the shapes of the model.
std::string opFunctions(const Sizes &sizes);

} // namespace cria::lab

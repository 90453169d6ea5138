//===- Forward.h - A Llama model in f64, slow and plain ---------*- C++ -*-===//
//
// What transformers' LlamaModel computes, written from the papers and in f64: RMSNorm (Zhang &
// Sennrich 2019), grouped-query attention (Ainslie et al. 2023), rotary embedding (Su et al. 2021)
// with its pairs (i, i + headDim/2), gated feed-forward (Shazeer 2020). It shares no code with
// import, emission, lowering and the runtime.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "verify/Blocks.h"
#include "verify/Cache.h"
#include "verify/Weights.h"
#include <functional>
#include <optional>

namespace cria::verify {

/// Rows of equal length, one after another.
struct Matrix {
  std::int64_t rows = 0, columns = 0;
  std::vector<double> data;

  Matrix() = default;
  Matrix(std::int64_t rows, std::int64_t columns)
      : rows(rows), columns(columns), data(std::size_t(rows * columns)) {}
  std::span<double> row(std::int64_t i) {
    return {data.data() + i * columns, std::size_t(columns)};
  }
  std::span<const double> row(std::int64_t i) const {
    return {data.data() + i * columns, std::size_t(columns)};
  }
};

/// How a run differs from the exact one.
struct Variation {
  double eps = 1, theta = 1;         ///< factors of all of these
  std::optional<std::uint64_t> draw; ///< rounding errors of f32, drawn at random; see Noise.h
};

/// What to compute.
struct Task {
  std::vector<std::int32_t> tokens;    ///< one sequence, from position 0 on
  std::vector<std::int64_t> positions; ///< those whose logits are wanted
  Cache cache = Cache::f32;            ///< keys and values are rounded to it
  bool rounded = false; ///< x may be rounded before its products, to bf16, or int8 for blocks
};

/// The logits [positions][vocab]. `progress` is called after each block. Throws cria::Error.
Matrix forward(const Architecture &model, const Weights &weights, const Task &task,
               const Variation &variation = {}, const std::function<void()> &progress = {});

/// Norms of the rows of the head: how far an error of the last hidden state shows in each logit.
std::vector<double> headNorms(const Architecture &model, const Weights &weights);

/// Multiply-adds of a run over `tokens` tokens of which `positions` have logits.
double work(const Architecture &model, std::int64_t tokens, std::int64_t positions);

} // namespace cria::verify

//===- Ops.h - The meaning of each op in f64 --------------------*- C++ -*-===//
//
// These functions define the ops of the dialect, slowly and plainly, in f64. Lowered code is
// tested against them, and they share no code with the compiler. Shapes are those of the ODS:
// T tokens, D hidden size, H heads, G kv heads, E head dim, S cache rows.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "reference/Tensor.h"

namespace cria::reference {

/// tokens [T], table [V, D] → [T, D]
Tensor embed(const Tensor &tokens, const Tensor &table);
/// x [T, D], gain [D] or null → [T, D]
Tensor rmsNorm(const Tensor &x, const Tensor *gain, double eps);
/// x [T, D], gain [D] or null, offset [D] or null → [T, D]
Tensor layerNorm(const Tensor &x, const Tensor *gain, const Tensor *offset, double eps);
/// x [T, D] → [T]
Tensor rmsScale(const Tensor &x, double eps);
/// x [T, K], weight [N, K], bias [N], gain [K], scale [T] → [T, N]; the last three may be null
Tensor linear(const Tensor &x, const Tensor &weight, const Tensor *bias,
              const Tensor *gain = nullptr, const Tensor *scale = nullptr, double alpha = 1);

/// How wavelengths are rescaled; see `cria.rotary_table`.
struct RopeScaling {
  enum Kind { none, linear, llama3, yarn } kind = none;
  double factor = 1, lowFreqFactor = 1, highFreqFactor = 4, originalContext = 8192;
  double attentionFactor = 1, betaFast = 32, betaSlow = 1;
  bool truncate = true;
};
/// → cos and sin [tokens, headDim/2] for positions position … position + tokens - 1
std::pair<Tensor, Tensor> rotaryTable(std::int64_t position, std::int64_t tokens,
                                      std::int64_t headDim, double theta,
                                      const RopeScaling &scaling);
/// x [T, H, E], cos and sin [T, E/2] → [T, H, E]; pairs are i and i + E/2, or 2i and 2i + 1
Tensor rope(const Tensor &x, const Tensor &cos, const Tensor &sin, bool interleaved);
/// rows [T, G, E] written into cache [G, S, E] at `position`
void kvAppend(const Tensor &rows, std::int64_t position, Tensor &cache);
/// q [T, H, E], keys [G, S, E] → [T, H, S]; zeros beyond the rows that a token sees
Tensor scores(const Tensor &q, const Tensor &keys, std::int64_t position, double scale);
/// x [T, H, S] → [T, H, S], over the rows that a token sees; zeros beyond
Tensor softmax(const Tensor &x, std::int64_t position);
/// weights [T, H, S], values [G, S, E] → [T, H, E]
Tensor mix(const Tensor &weights, const Tensor &values, std::int64_t position);
/// q [T, H, E], keys and values [G, S, E] → [T, H, E]
Tensor attend(const Tensor &q, const Tensor &keys, const Tensor &values, std::int64_t position,
              double scale);
/// q [T, H, E], keys and values [G, S, E] → mixed [T, H, E] and stats [T, H, 2] over rows
/// begin … end-1; see `cria.attend_rows`
std::pair<Tensor, Tensor> attendRows(const Tensor &q, const Tensor &keys, const Tensor &values,
                                     std::int64_t begin, std::int64_t end, double scale);
/// mixed [P, H, E], stats [P, H, 2] → [1, H, E]
Tensor combine(const Tensor &mixed, const Tensor &stats);
/// gate and up [T, F] → [T, F]
Tensor swiglu(const Tensor &gate, const Tensor &up);
Tensor geglu(const Tensor &gate, const Tensor &up);
Tensor reglu(const Tensor &gate, const Tensor &up);
Tensor add(const Tensor &a, const Tensor &b);
/// x [T, N], indices [T, N] or null → best and index [T, parts]; see `cria.argmax`
std::pair<Tensor, Tensor> argmax(const Tensor &x, const Tensor *indices, std::int64_t parts,
                                 std::int64_t stride);

} // namespace cria::reference

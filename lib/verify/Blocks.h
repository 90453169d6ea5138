//===- Blocks.h - A model as the reference sees it --------------*- C++ -*-===//
//
// Plain data, made from a config.json (Config.h) or from a spec (FromSpec.h). Repeats are
// written out: each block names its own tensors.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "verify/Formats.h"
#include "verify/Rotary.h"
#include <string>
#include <variant>
#include <vector>

namespace cria::verify {

/// rms: x / sqrt(mean(x²) + eps) · gain. layer: (x - mean) / sqrt(variance + eps) · gain + offset.
struct Norm {
  enum class Kind { rms, layer } kind = Kind::rms;
  double eps = 0;
  std::string name; ///< tensors NAME.weight [width] and, if `layer`, NAME.bias [width]
};

/// Causal grouped-query attention; q_proj, k_proj, v_proj and o_proj follow `name`.
struct Attention {
  std::int64_t heads = 0, kvHeads = 0, headDim = 0;
  Rotary rotary;
  bool bias = false;
  std::string name;
  bool rotates = true; ///< whether there is rotary embedding at all
};

/// down(gate(gate_proj(x)) · up_proj(x)).
struct Gated {
  enum class Gate { silu, gelu, relu } gate = Gate::silu;
  std::int64_t inner = 0;
  bool bias = false;
  std::string name;
};

struct Residual;
using Block = std::variant<Norm, Attention, Gated, Residual>;

/// x + branch(x).
struct Residual {
  std::vector<Block> branch;
};

struct Architecture {
  std::int64_t vocab = 0, width = 0;
  std::string embedding; ///< tensor [vocab, width]
  std::vector<Block> blocks;
  std::string head; ///< tensor [vocab, width]; that of the embedding if they are tied
};

} // namespace cria::verify

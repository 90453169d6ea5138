//===- graph.hpp - A model as plain data ------------------------*- C++ -*-===//
//
// The spec graph: what the DSL and the importer both produce and the emitter
// consumes. Plain values, no templates to instantiate, no LLVM.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cria::spec {

/// How a weight is stored. Arithmetic is f32 whatever the storage.
enum class DType { f32, f16, bf16 };

/// Rescaling of rotary frequencies for long contexts.
/// `linear` divides every frequency by `factor`; `llama3` (Llama 3.1) divides only
/// wavelengths longer than `original_context / low_freq_factor` and blends up to
/// `original_context / high_freq_factor`.
struct RopeScaling {
  enum class Kind { none, linear, llama3 } kind = Kind::none;
  double factor = 1;
  double low_freq_factor = 1;
  double high_freq_factor = 4;
  std::int64_t original_context = 8192;
  bool operator==(const RopeScaling &) const = default;
};

/// Rotary position embedding (Su et al. 2021); frequency i is theta^(-2i/head_dim).
struct Rope {
  double theta = 10000;
  RopeScaling scaling{};
  bool operator==(const Rope &) const = default;
};

/// Every node that has weights carries `name`, the prefix of its tensors' names in a
/// Hugging Face checkpoint; inside `Repeat`, "{}" in it stands for the iteration.
struct Embed {
  std::int64_t vocab = 0, hidden = 0;
  std::string name;
  bool operator==(const Embed &) const = default;
};
struct RmsNorm {
  double eps = 1e-5;
  std::string name;
  bool operator==(const RmsNorm &) const = default;
};
/// Causal grouped-query attention; `heads` is a multiple of `kv_heads`.
struct Attention {
  std::int64_t heads = 0, kv_heads = 0, head_dim = 0;
  Rope rope{};
  bool bias = false;
  std::string name;
  bool operator==(const Attention &) const = default;
};
/// down(silu(gate(x)) * up(x)); `ffn` is the inner width.
struct SwiGlu {
  std::int64_t ffn = 0;
  bool bias = false;
  std::string name;
  bool operator==(const SwiGlu &) const = default;
};
/// The output head; a tied head reads the table of `Embed` named `name`.
struct Unembed {
  std::int64_t vocab = 0;
  bool tied = false;
  std::string name;
  bool operator==(const Unembed &) const = default;
};

struct Node;
/// x + branch(x)
struct Residual {
  std::vector<Node> branch;
  bool operator==(const Residual &) const;
};
/// `body` applied `times` times, each with weights of its own.
struct Repeat {
  std::int64_t times = 0;
  std::vector<Node> body;
  bool operator==(const Repeat &) const;
};

struct Node : std::variant<Embed, RmsNorm, Attention, SwiGlu, Unembed, Residual, Repeat> {
  using variant::variant;
};
inline bool Residual::operator==(const Residual &) const = default;
inline bool Repeat::operator==(const Repeat &) const = default;

struct Model {
  std::string name;             ///< becomes part of symbols: [A-Za-z0-9_]+
  std::vector<Node> nodes;      ///< applied in order, Embed first and Unembed last
  std::int64_t max_context = 0; ///< longest sequence the model was made for, in tokens
  DType dtype = DType::f32;     ///< storage of weights without an entry of their own
  bool operator==(const Model &) const = default;
};

} // namespace cria::spec

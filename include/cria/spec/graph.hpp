//===- graph.hpp - A model as plain data ------------------------*- C++ -*-===//
//
// The spec graph, produced by the DSL and by the importer, and consumed by the emitter. Plain
// values: no templates to instantiate, no LLVM.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/dtype.hpp"
#include "cria/spec/rotary.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cria::spec {

/// Every node with weights has a `name`, the prefix of its tensors' names in a Hugging Face
/// checkpoint. Inside `Repeat`, "{}" in the name stands for the index of the iteration.
struct Embed {
  std::int64_t vocab = 0, hidden = 0;
  std::string name;
  bool operator==(const Embed &) const = default;
};
/// x / rms(x) * gain, or, of kind `layer`, (x - mean) / deviation * gain + offset.
struct RmsNorm {
  enum class Kind { rms, layer };
  double eps = 1e-5;
  std::string name;
  Kind kind = Kind::rms;
  bool operator==(const RmsNorm &) const = default;
};
/// Causal grouped-query attention; `heads` is a multiple of `kv_heads`.
struct Attention {
  std::int64_t heads = 0, kv_heads = 0, head_dim = 0;
  Rope rope{};
  bool bias = false;
  std::string name;
  /// Every n-th iteration of the repeat around it has no rotary embedding; 0: all have.
  std::int64_t no_rope_interval = 0;
  /// Whether queries and keys are rotated in iteration `layer`.
  bool rotates(std::int64_t layer) const {
    return !no_rope_interval || (layer + 1) % no_rope_interval != 0;
  }
  bool operator==(const Attention &) const = default;
};
/// down(silu(gate(x)) * up(x)), or with another gate; `ffn` is the inner width.
struct SwiGlu {
  enum class Gate { silu, gelu, relu };
  std::int64_t ffn = 0;
  bool bias = false;
  std::string name;
  Gate gate = Gate::silu;
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
/// `body` applied `times` times, each time with its own weights.
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
  std::string name;             ///< used in symbols: [A-Za-z0-9_]+
  std::vector<Node> nodes;      ///< applied in order, Embed first and Unembed last
  std::int64_t max_context = 0; ///< longest sequence that the model supports, in tokens
  DType dtype = DType::f32;     ///< default storage of weights
  bool operator==(const Model &) const = default;
};

/// Settings for running a model. Unset fields are chosen by the compiler; flags override set ones.
struct Plan {
  std::string target;           ///< LLVM triple
  std::string cpu;              ///< LLVM's name of the CPU
  std::optional<DType> weights; ///< storage of random weights
  std::optional<DType> cache;   ///< storage of keys and values
  std::string quantise;         ///< quantisation of weights
  std::string products;         ///< "exact" or "fast"
  std::string fuse, no_fuse;    ///< fusions, comma-separated
  std::int64_t max_seq = 0;     ///< capacity of a session in tokens
  std::int64_t chunk = 0;       ///< most tokens per prefill call
  bool operator==(const Plan &) const = default;
};

/// A model and its plan.
struct Spec {
  Model model;
  Plan plan;
  bool operator==(const Spec &) const = default;
};

} // namespace cria::spec

//===- Variants.h - Layers that share one body ------------------*- C++ -*-===//
#pragma once
#include "cria/spec/params.hpp"

namespace cria::emit {

/// The layers of a repeat, sorted by how they store their weights and by which of their attentions
/// are rotated.
struct Variants {
  std::vector<std::int64_t> ofLayer; ///< the number of its variant, for each layer
  std::vector<std::int64_t> samples; ///< the first layer of each variant

  /// `names` are those of the weights of the repeat, `attentions` those of its body.
  static Variants of(std::int64_t layers, const std::vector<std::string> &names,
                     const std::vector<spec::Attention> &attentions,
                     const spec::Storages &storages);
};

} // namespace cria::emit

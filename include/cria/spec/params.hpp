//===- params.hpp - The weights of a model ----------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// A weight of the model, or one weight for each iteration of a repeat.
struct Param {
  std::string name;                ///< in a Hugging Face checkpoint; "{}" is the iteration
  std::vector<std::int64_t> shape; ///< rank 1, or rank 2: outputs x inputs
  std::int64_t count = 1;          ///< tensors: the repeat's times, else 1
  bool operator==(const Param &) const = default;
};

/// Every weight of `model`, in the order of execution. A tied head has none of its own.
/// Throws cria::Error if a repeat is inside a repeat, if weights in a repeat do not carry
/// "{}" in their name, if the width is not known yet, or if a size passes 2^63.
std::vector<Param> parameters(const Model &model);

} // namespace cria::spec

//===- params.hpp - The weights of a model ----------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include <map>
#include <optional>

namespace cria::spec {

/// A weight of the model, or one weight per iteration of a repeat.
struct Param {
  std::string name;                ///< in a Hugging Face checkpoint; "{}" is the iteration
  std::vector<std::int64_t> shape; ///< rank 1, or rank 2: outputs x inputs
  std::int64_t count = 1;          ///< number of tensors: iterations of the repeat, else 1
  bool operator==(const Param &) const = default;
};

/// All weights of `model`, in execution order. A tied head has none of its own. Throws cria::Error
/// if repeats are nested, if the name of a weight in a repeat lacks "{}", if the width is unknown,
/// or if a size exceeds 2^63.
std::vector<Param> parameters(const Model &model);

/// How weights are stored, by name: one storage for all layers, or one for each.
using Storages = std::map<std::string, std::vector<DType>>;

/// The storage of weight `name` in iteration `layer`, if it is listed.
std::optional<DType> storage_of(const Storages &storages, const std::string &name,
                                std::int64_t layer);
/// The same for a weight of `rank` dimensions; if it is not listed, as `model` stores such.
DType storage_of(const Model &model, const Storages &storages, const std::string &name,
                 std::size_t rank, std::int64_t layer);

} // namespace cria::spec

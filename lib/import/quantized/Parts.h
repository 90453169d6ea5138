//===- Parts.h - The tensors of one quantised matrix ------------*- C++ -*-===//
#pragma once
#include "import/quantized/Matrix.h"
#include "runtime/Checkpoint.h"
#include <initializer_list>
#include <string>

namespace cria::import {

/// The tensors of a module, `q_proj` and the like, by the last part of their names.
class Parts {
public:
  /// `weight` is the name of the plain matrix, "….weight".
  Parts(const rt::Checkpoint &checkpoint, std::string_view weight)
      : checkpoint(checkpoint), module(weight.substr(0, weight.rfind('.') + 1)) {}

  const rt::Tensor *find(std::string_view part) const {
    return checkpoint.find(module + std::string(part));
  }
  /// Which must have that dtype and that shape. Throws cria::Error.
  const rt::Tensor &require(std::string_view part, std::string_view dtype,
                            const std::vector<std::int64_t> &shape) const;
  /// Any of floats, widened.
  std::vector<float> floats(std::string_view part) const;
  /// Columns' groups, each below `count`; empty if there is no such tensor.
  std::vector<std::int32_t> groups(std::string_view part, std::int64_t columns,
                                   std::int64_t count) const;
  void requireShape(std::string_view part, const rt::Tensor &tensor,
                    const std::vector<std::int64_t> &shape) const;
  [[noreturn]] void refuse(std::string_view part, const std::string &why) const;

private:
  const rt::Checkpoint &checkpoint;
  std::string module;
};

} // namespace cria::import

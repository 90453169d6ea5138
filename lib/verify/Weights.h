//===- Weights.h - Where the reference takes its weights from ---*- C++ -*-===//
#pragma once
#include "verify/Formats.h"
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cria::verify {

/// A matrix, or a vector as a matrix of one row, that is read a row at a time: a large model is
/// never in memory as f64. May be read from several threads.
class Tensor {
public:
  virtual ~Tensor() = default;
  /// Writes row `row` to `out`, exactly.
  virtual void read(std::int64_t row, std::span<double> out) const = 0;
  /// Whether its elements share scales.
  virtual bool inBlocks() const { return false; }
};

class Weights {
public:
  virtual ~Weights() = default;
  /// The tensor of that name in a Hugging Face checkpoint, valid as long as this; `shape` has one
  /// or two extents. Throws cria::Error if it is missing or of another shape.
  virtual std::unique_ptr<Tensor> find(const std::string &name,
                                       const std::vector<std::int64_t> &shape) const = 0;
};

} // namespace cria::verify

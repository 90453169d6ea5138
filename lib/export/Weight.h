//===- Weight.h - A weight of a model's files, row by row -------*- C++ -*-===//
#pragma once
#include "import/Model.h"
#include "import/quantized/Matrix.h"
#include "runtime/Checkpoint.h"
#include "storage/Storage.h"

namespace cria::gguf {

/// A tensor of a checkpoint, or a matrix that is quantised as its scheme says.
class Weight {
public:
  /// The one called `name`, of that shape, which `imported` was checked to have.
  Weight(const import::Imported &imported, const rt::Checkpoint &checkpoint,
         const std::string &name, const std::vector<std::int64_t> &shape);

  /// As its files spell it.
  std::string_view dtype() const;
  /// That of its tensor, or f32, which has all values of a quantised matrix.
  const storage::Storage &storage() const;
  /// Those of its tensor, if it is one.
  std::span<const std::byte> bytes() const { return tensor->bytes; }
  /// The values of a row of `values.size()` elements. Of a quantised matrix, returns for each 32
  /// of them the scale that they are integers of, or 0; valid until the next call.
  std::span<const float> read(std::int64_t row, std::span<float> values) const;

private:
  const rt::Tensor *tensor = nullptr;
  std::shared_ptr<const import::QuantizedMatrix> matrix; ///< in place of it
  mutable std::vector<float> steps;
};

} // namespace cria::gguf

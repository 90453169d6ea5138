//===- Weight.cpp - A weight of a model's files, row by row ---------------===//
#include "export/Weight.h"
#include "import/quantized/Scheme.h"
#include "runtime/Storage.h"

namespace cria::gguf {

Weight::Weight(const import::Imported &imported, const rt::Checkpoint &checkpoint,
               const std::string &name, const std::vector<std::int64_t> &shape) {
  if (imported.scheme)
    matrix = imported.scheme->find(checkpoint, name, shape);
  if (!matrix)
    tensor = &checkpoint.require(name).second;
}

std::string_view Weight::dtype() const { return matrix ? matrix->name() : tensor->dtype; }

const storage::Storage &Weight::storage() const {
  return matrix ? storage::storageOf(CRIA_F32) : *rt::storageOf(tensor->dtype);
}

std::span<const float> Weight::read(std::int64_t row, std::span<float> values) const {
  if (matrix) {
    steps.resize(values.size() / import::QuantizedMatrix::run); // of whole runs
    matrix->read(row, values, steps);
    return steps;
  }
  auto count = static_cast<std::int64_t>(values.size());
  auto bytes = static_cast<size_t>(storage().bytesOf(count));
  rt::Tensor one{
      tensor->dtype, {count}, tensor->bytes.subspan(static_cast<size_t>(row) * bytes, bytes)};
  rt::widen(one, values.data());
  return {};
}

} // namespace cria::gguf

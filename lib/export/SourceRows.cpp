//===- SourceRows.cpp - A weight of a model's files, row by row -----------===//
#include "export/SourceRows.h"
#include "import/quantized/Matrix.h"
#include "import/quantized/Scheme.h"

namespace cria::gguf {
namespace {

class MatrixRows : public rt::Rows {
public:
  explicit MatrixRows(std::shared_ptr<const import::QuantizedMatrix> matrix)
      : matrix(std::move(matrix)) {}

  std::string_view dtype() const override { return matrix->name(); }
  const storage::Storage &storage() const override { return storage::storageOf(CRIA_F32); }
  std::span<const float> read(std::int64_t row, std::span<float> values) const override {
    static_assert(import::QuantizedMatrix::run == rt::Recipe::run);
    steps.resize(values.size() / rt::Recipe::run); // of whole runs
    matrix->read(row, values, steps);
    return steps;
  }

private:
  std::shared_ptr<const import::QuantizedMatrix> matrix;
  mutable std::vector<float> steps;
};

} // namespace

std::unique_ptr<rt::Rows> rowsOf(const import::Imported &imported, const rt::Checkpoint &checkpoint,
                                 const std::string &name, const std::vector<std::int64_t> &shape) {
  if (imported.scheme)
    if (auto matrix = imported.scheme->find(checkpoint, name, shape))
      return std::make_unique<MatrixRows>(std::move(matrix));
  return std::make_unique<rt::TensorRows>(checkpoint.require(name).second);
}

} // namespace cria::gguf

//===- Recipe.cpp - What becomes of a tensor on its way to its use --------===//
#include "runtime/Recipe.h"
#include "cria/runtime/abi.h"
#include "storage/Packed.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace cria::rt {
namespace {

/// Hands rows on as they come, or packed.
class RowSink {
public:
  RowSink(const Recipe &recipe, const Recipe::Sink &sink) : recipe(recipe), sink(sink) {}

  void write(std::span<const std::byte> row) {
    if (!recipe.packed)
      return sink(row);
    rows.insert(rows.end(), row.begin(), row.end());
    if (rows.size() < row.size() * static_cast<size_t>(storage::packedRows))
      return;
    std::vector<std::byte> packed(rows.size());
    storage::packRows(*recipe.storage, recipe.shape.back(), rows, packed.data());
    sink(packed);
    rows.clear();
  }

private:
  const Recipe &recipe;
  const Recipe::Sink &sink;
  std::vector<std::byte> rows; ///< that wait for others
};

/// Runs that share a scale are integers times it, and stay so where the format has them.
void encode(const storage::Storage &storage, std::span<const float> values,
            std::span<const float> steps, std::span<std::byte> blocks) {
  storage.codec.encode(values, blocks.data());
  if (!storage.codec.encodeMultiples)
    return;
  for (size_t i = 0; i < steps.size(); ++i) // a run is a block of all that encode multiples
    storage.codec.encodeMultiples(&values[Recipe::run * i], steps[i],
                                  &blocks[static_cast<size_t>(storage.bytes) * i]);
}

/// The row of the source that row `row` of so many is.
int64_t sourceRow(const Recipe &recipe, int64_t rows, int64_t row) {
  if (!recipe.heads)
    return row;
  int64_t each = rows / recipe.heads, inHead = row % each;
  return row - inHead + inHead % 2 * (each / 2) + inHead / 2;
}

/// What is lost in a storage.
class Loss {
public:
  Loss(const storage::Storage &storage, size_t width) : storage(storage), decoded(width) {}

  void add(std::span<const float> values, std::span<const std::byte> blocks) {
    storage.codec.decode(blocks.data(), decoded);
    for (size_t i = 0; i < values.size(); ++i) {
      double value = values[i], difference = value - decoded[i];
      squares += value * value;
      errors += difference * difference;
    }
  }
  double relative() const { return errors == 0 ? 0 : std::sqrt(errors / squares); }

private:
  const storage::Storage &storage;
  std::vector<float> decoded;
  double squares = 0, errors = 0;
};

} // namespace

std::span<const float> TensorRows::read(int64_t row, std::span<float> values) const {
  auto elements = int64_t(values.size());
  size_t bytes = tensor.bytes.size() / (elementsOf(tensor) / values.size());
  widen({tensor.dtype, {elements}, tensor.bytes.subspan(static_cast<size_t>(row) * bytes, bytes)},
        values.data());
  return {};
}

double Recipe::follow(const Rows &from, const Sink &sink) const {
  if (keepsBytes(from)) {
    sink(from.bytes());
    return 0;
  }
  // Elements of a vector are permuted as rows of one element.
  bool column = shape.size() == 1 && heads;
  int64_t width = column ? 1 : shape.back(), rows = column || shape.size() == 2 ? shape.front() : 1;
  RowSink out(*this, sink);
  auto size = static_cast<size_t>(storage->bytesOf(width));
  if (!heads && from.dtype() == storage->name) {
    for (size_t at = 0; at < from.bytes().size(); at += size)
      out.write(from.bytes().subspan(at, size));
    return 0;
  }
  std::vector<float> values(static_cast<size_t>(width));
  std::vector<std::byte> blocks(size);
  Loss loss(*storage, values.size());
  bool exact = storage == &storage::storageOf(CRIA_F32), finite = true;
  for (int64_t row = 0; row < rows; ++row) {
    std::span<const float> steps = from.read(sourceRow(*this, rows, row), values);
    finite &= std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
    if (!finite && !exact) // blocks are made of numbers only
      break;
    encode(*storage, values, steps, blocks);
    if (!exact)
      loss.add(values, blocks);
    out.write(blocks);
  }
  return finite ? loss.relative() : std::numeric_limits<double>::infinity();
}

} // namespace cria::rt

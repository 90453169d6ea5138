//===- Recipe.h - What becomes of a tensor on its way to its use -*- C++ -*-===//
//
// A parameter is a recipe: rows of a tensor, in the order of another convention for heads, in
// another storage, packed or not. A program follows it into memory when it starts, and criac into a
// file. Where nothing has to be done, bytes are used where they lie.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/Storage.h"
#include <functional>

namespace cria::rt {

/// Where the rows of a parameter come from.
class Rows {
public:
  virtual ~Rows() = default;
  /// As the file spells it.
  virtual std::string_view dtype() const = 0;
  /// One that holds all values.
  virtual const storage::Storage &storage() const = 0;
  /// Those of a tensor as it is stored; empty where rows are computed.
  virtual std::span<const std::byte> bytes() const { return {}; }
  /// The values of row `row`. Where neighbours are integers times a scale, returns the scale of
  /// each Recipe::run of them, or 0; valid until the next call.
  virtual std::span<const float> read(int64_t row, std::span<float> values) const = 0;
};

/// Those of a tensor of a file, which is not packed if they are read.
class TensorRows : public Rows {
public:
  explicit TensorRows(const Tensor &tensor) : tensor(tensor) {}
  std::string_view dtype() const override { return tensor.dtype; }
  const storage::Storage &storage() const override { return *storedAs(tensor.dtype).storage; }
  std::span<const std::byte> bytes() const override { return tensor.bytes; }
  std::span<const float> read(int64_t row, std::span<float> values) const override;

private:
  const Tensor &tensor;
};

struct Recipe {
  /// Elements of which Rows tells a common scale.
  static constexpr int64_t run = 32;

  std::vector<int64_t> shape; ///< row-major; a vector is one row
  const storage::Storage *storage;
  bool packed = false; ///< see storage/Packed.h
  /// Rows i and i + E/2 of each of so many heads of E rows, or such elements of a vector, become
  /// neighbours; 0: they stay.
  int64_t heads = 0;

  /// Whether there is nothing to do.
  bool keepsBytes(const Rows &from) const {
    return !heads && from.dtype() == dtypeOf(*storage, packed);
  }
  using Sink = std::function<void(std::span<const std::byte>)>;
  /// Gives all bytes to `sink`, from first to last, holding a few rows at a time. Returns the root
  /// mean square of the differences over that of the values: 0 if it is exact, not finite if a
  /// value is not or is beyond what the storage can hold. Then bytes may be missing, but of f32.
  double follow(const Rows &from, const Sink &sink) const;
};

} // namespace cria::rt

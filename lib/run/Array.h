//===- Array.h - Tensors as compiled code holds them ------------*- C++ -*-===//
#pragma once
#include "mlir/IR/BuiltinTypes.h"
#include "reference/Tensor.h"
#include "storage/Storage.h"
#include <cstddef>
#include <string>

namespace cria::run {

enum class Element : std::int64_t {
  i32 = -1,
#define CRIA_STORAGE(NAME, word, id, ...) word = id,
  CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
};

/// Nothing for a type that no array has.
std::optional<Element> elementOf(mlir::Type type);

struct Array {
  std::vector<std::int64_t> shape;
  Element element = Element::f32;
  std::vector<std::byte> bytes; ///< row-major

  Array() = default;
  /// Zeros.
  Array(std::vector<std::int64_t> shape, Element element);
  std::int64_t count() const;
};

/// Such as "4x8xf32".
std::string typeText(const Array &array);

/// Reads the .npy file `path` as `shape` and `element`. `what` names it in messages. A wider
/// dtype is rounded to the nearest, or to blocks as their format does it, with a line on standard
/// error; "u2" and "V2" are the bits of bf16. Throws cria::Error for another shape or kind of
/// number.
Array readArray(const std::string &path, const std::vector<std::int64_t> &shape, Element element,
                const std::string &what);
/// The one integer in a .npy file. Throws cria::Error.
std::int64_t readInteger(const std::string &path, const std::string &what);

reference::Tensor widen(const Array &array);

/// A .npy file, not of blocks; bf16 is written as its bits, of dtype uint16.
std::string toNpy(const Array &array);
/// A .npy file of float64.
std::string toNpy(const reference::Tensor &tensor);

} // namespace cria::run

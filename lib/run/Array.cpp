//===- Array.cpp - Tensors as compiled code holds them --------------------===//
#include "run/Array.h"
#include "dialect/Cria.h"
#include "runtime/Fail.h"
#include "runtime/Mapping.h"
#include "runtime/Npy.h"
#include "storage/FloatConvert.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <cstring>
#include <fmt/ranges.h>

namespace cria::run {
namespace {

template <typename T>
T load(std::span<const std::byte> bytes, std::int64_t i) {
  T value;
  std::memcpy(&value, bytes.data() + i * std::int64_t(sizeof value), sizeof value);
  return value;
}
template <typename T>
void store(Array &array, std::int64_t i, T value) {
  std::memcpy(array.bytes.data() + i * std::int64_t(sizeof value), &value, sizeof value);
}

/// Of all but i32.
const storage::Storage &storageOf(Element element) {
  return storage::storageOf(std::int64_t(element));
}

std::string_view nameOf(Element element) {
  return element == Element::i32 ? "i32" : storageOf(element).word;
}

/// Whether every number of `dtype` is one of `element` too.
bool isExact(const std::string &dtype, Element element) {
  if (element != Element::i32 && storageOf(element).isBlock())
    return false;
  if (element == Element::bf16)
    return dtype == "u2" || dtype == "V2";
  return dtype == "f2" || (dtype == "f4" && element == Element::f32) ||
         (dtype == "V2" && element == Element::f32);
}

bool isFloat(const std::string &dtype, Element element) {
  return dtype == "f2" || dtype == "f4" || dtype == "f8" || dtype == "V2" ||
         (dtype == "u2" && element == Element::bf16);
}

double floatAt(const rt::NpyArray &from, std::int64_t i) {
  if (from.dtype == "f2")
    return f16ToFloat(load<std::uint16_t>(from.data, i));
  if (from.dtype == "f4")
    return load<float>(from.data, i);
  if (from.dtype == "f8")
    return load<double>(from.data, i);
  return bf16ToFloat(load<std::uint16_t>(from.data, i));
}

/// Nothing for a dtype that is not an integer, and for what no int64 holds.
std::optional<std::int64_t> integerAt(const rt::NpyArray &from, std::int64_t i) {
  bool isSigned = from.dtype[0] == 'i';
  if (!isSigned && from.dtype[0] != 'u')
    return std::nullopt;
  switch (from.elementSize) {
  case 1:
    return isSigned ? load<std::int8_t>(from.data, i) : load<std::uint8_t>(from.data, i);
  case 2:
    return isSigned ? load<std::int16_t>(from.data, i) : load<std::uint16_t>(from.data, i);
  case 4:
    return isSigned ? load<std::int32_t>(from.data, i) : load<std::uint32_t>(from.data, i);
  default:
    auto bits = load<std::int64_t>(from.data, i);
    return isSigned || bits >= 0 ? std::optional(bits) : std::nullopt;
  }
}

void readFloats(Array &array, const rt::NpyArray &from) {
  std::vector<float> values(std::size_t(array.count()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = float(floatAt(from, std::int64_t(i)));
  storageOf(array.element).codec.encode(values, array.bytes.data());
}

void readIntegers(Array &array, const rt::NpyArray &from, const std::string &path) {
  for (std::int64_t i = 0; i < array.count(); ++i) {
    auto number = integerAt(from, i);
    if (!number || *number != std::int32_t(*number))
      rt::fail("{}: element {} does not fit in i32", path, i);
    store(array, i, std::int32_t(*number));
  }
}

std::string shapeText(const std::vector<std::int64_t> &shape) {
  return shape.empty() ? "of no dimensions" : fmt::format("{}", fmt::join(shape, "x"));
}

template <typename T>
std::string npyOf(std::string_view dtype, const std::vector<std::int64_t> &shape,
                  const std::vector<T> &elements) {
  std::string text = rt::npyHeader(dtype, shape);
  text.append(reinterpret_cast<const char *>(elements.data()), elements.size() * sizeof(T));
  return text;
}

} // namespace

std::optional<Element> elementOf(mlir::Type type) {
  if (type.isInteger(32))
    return Element::i32;
  const storage::Storage *storage = cria::storageOf(type);
  if (rowsTogether(type) > 1)
    return std::nullopt; // rows are stored together
  return storage ? std::optional(Element(storage->id)) : std::nullopt;
}

Array::Array(std::vector<std::int64_t> extents, Element kind)
    : shape(std::move(extents)), element(kind) {
  std::int64_t count = 1;
  for (std::int64_t extent : shape)
    if (__builtin_mul_overflow(count, extent, &count) || count > std::int64_t(1) << 56)
      throw std::bad_alloc();
  bytes.resize(std::size_t(element == Element::i32 ? count * std::int64_t(sizeof(std::int32_t))
                                                   : storageOf(element).bytesOf(count)));
}

std::int64_t Array::count() const {
  std::int64_t count = 1;
  for (std::int64_t extent : shape)
    count *= extent;
  return count;
}

std::string typeText(const Array &array) {
  return shapeText(array.shape) + (array.shape.empty() ? " " : "x") +
         std::string(nameOf(array.element));
}

Array readArray(const std::string &path, const std::vector<std::int64_t> &shape, Element element,
                const std::string &what) {
  rt::Mapping file = rt::Mapping::file(path);
  rt::NpyArray from = rt::readNpy(file.bytes(), path);
  if (from.shape != shape)
    rt::fail("{}: shape is {}, but {} is {}", path, shapeText(from.shape), what, shapeText(shape));
  Array array(shape, element);
  bool integers = element == Element::i32;
  bool matches =
      integers ? from.dtype[0] == 'i' || from.dtype[0] == 'u' : isFloat(from.dtype, element);
  if (!matches)
    rt::fail("{}: dtype is {}, but {} is {}", path, from.dtype, what, nameOf(element));
  if (integers)
    readIntegers(array, from, path);
  else
    readFloats(array, from);
  if (!integers && !isExact(from.dtype, element))
    llvm::errs() << path << ": rounded from " << from.dtype << " to " << nameOf(element) << "\n";
  return array;
}

std::int64_t readInteger(const std::string &path, const std::string &what) {
  rt::Mapping file = rt::Mapping::file(path);
  rt::NpyArray from = rt::readNpy(file.bytes(), path);
  if (!from.shape.empty())
    rt::fail("{}: shape is {}, but {} is one integer", path, shapeText(from.shape), what);
  auto number = integerAt(from, 0);
  if (!number)
    rt::fail("{}: dtype is {}, but {} is an integer of at most 63 bits", path, from.dtype, what);
  return *number;
}

reference::Tensor widen(const Array &array) {
  reference::Tensor tensor(array.shape);
  if (array.element == Element::i32) {
    for (std::int64_t i = 0; i < array.count(); ++i)
      tensor.at(i) = load<std::int32_t>(array.bytes, i);
    return tensor;
  }
  std::vector<float> values(std::size_t(array.count()));
  storageOf(array.element).codec.decode(array.bytes.data(), values);
  std::ranges::copy(values, tensor.data.begin());
  return tensor;
}

std::string toNpy(const Array &array) {
  auto dtype = [&] {
    switch (array.element) {
    case Element::i32:
      return "i4";
    case Element::f32:
      return "f4";
    case Element::f16:
      return "f2";
    case Element::bf16:
      return "u2";
#define CRIA_STORAGE(NAME, word, ...) case Element::word:
      CRIA_BLOCK_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
      break; // no numpy type holds them
    }
    llvm_unreachable("an array of blocks as .npy");
  };
  return npyOf(dtype(), array.shape, array.bytes);
}

std::string toNpy(const reference::Tensor &tensor) {
  return npyOf("f8", tensor.shape, tensor.data);
}

} // namespace cria::run

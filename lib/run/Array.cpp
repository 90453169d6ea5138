//===- Array.cpp - Tensors as compiled code holds them --------------------===//
#include "run/Array.h"
#include "runtime/Fail.h"
#include "runtime/FloatConvert.h"
#include "runtime/Mapping.h"
#include "runtime/Npy.h"
#include "llvm/Support/raw_ostream.h"
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

std::int64_t sizeOf(Element element) {
  return element == Element::f32 || element == Element::i32 ? 4 : 2;
}

const char *nameOf(Element element) {
  constexpr const char *names[] = {"f32", "f16", "bf16", "i32"};
  return names[std::size_t(element)];
}

/// Whether every number of `dtype` is one of `element` too.
bool isExact(const std::string &dtype, Element element) {
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
    return rt::f16ToFloat(load<std::uint16_t>(from.data, i));
  if (from.dtype == "f4")
    return load<float>(from.data, i);
  if (from.dtype == "f8")
    return load<double>(from.data, i);
  return rt::bf16ToFloat(load<std::uint16_t>(from.data, i));
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

void storeFloat(Array &array, std::int64_t i, double value) {
  if (array.element == Element::f32)
    store(array, i, float(value));
  else
    store(array, i,
          array.element == Element::f16 ? rt::floatToF16(float(value))
                                        : rt::floatToBf16(float(value)));
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
  if (type.isF32())
    return Element::f32;
  if (type.isF16())
    return Element::f16;
  if (type.isBF16())
    return Element::bf16;
  if (type.isInteger(32))
    return Element::i32;
  return std::nullopt;
}

Array::Array(std::vector<std::int64_t> extents, Element kind)
    : shape(std::move(extents)), element(kind) {
  std::int64_t size = sizeOf(element);
  for (std::int64_t extent : shape)
    if (__builtin_mul_overflow(size, extent, &size))
      throw std::bad_alloc();
  bytes.resize(std::size_t(size));
}

std::int64_t Array::count() const { return std::int64_t(bytes.size()) / sizeOf(element); }

std::string typeText(const Array &array) {
  return shapeText(array.shape) + (array.shape.empty() ? " " : "x") + nameOf(array.element);
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
  for (std::int64_t i = 0; i < array.count(); ++i) {
    if (!integers) {
      storeFloat(array, i, floatAt(from, i));
      continue;
    }
    auto number = integerAt(from, i);
    if (!number || *number != std::int32_t(*number))
      rt::fail("{}: element {} does not fit in i32", path, i);
    store(array, i, std::int32_t(*number));
  }
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
  for (std::int64_t i = 0; i < array.count(); ++i) {
    if (array.element == Element::f32)
      tensor.at(i) = load<float>(array.bytes, i);
    else if (array.element == Element::i32)
      tensor.at(i) = load<std::int32_t>(array.bytes, i);
    else if (auto half = load<std::uint16_t>(array.bytes, i); array.element == Element::f16)
      tensor.at(i) = rt::f16ToFloat(half);
    else
      tensor.at(i) = rt::bf16ToFloat(half);
  }
  return tensor;
}

std::string toNpy(const Array &array) {
  constexpr const char *dtypes[] = {"f4", "f2", "u2", "i4"};
  return npyOf(dtypes[std::size_t(array.element)], array.shape, array.bytes);
}

std::string toNpy(const reference::Tensor &tensor) {
  return npyOf("f8", tensor.shape, tensor.data);
}

} // namespace cria::run

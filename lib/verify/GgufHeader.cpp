//===- GgufHeader.cpp - The header of a GGUF file, for the reference ------===//
#include "verify/GgufHeader.h"
#include "support/Error.h"
#include <bit>
#include <cstring>

namespace cria::verify {
namespace {

class Reader {
public:
  Reader(std::span<const unsigned char> bytes, const std::string &name)
      : bytes(bytes), name(name) {}

  GgufHeader read() {
    GgufHeader header;
    if (take(4) != std::string("GGUF"))
      refuse("is no GGUF file");
    take(4); // the version: 2 and 3 are alike
    std::uint64_t tensors = integer(8), keys = integer(8);
    for (std::uint64_t i = 0; i < keys; ++i)
      readKey(header);
    for (std::uint64_t i = 0; i < tensors; ++i)
      readTensor(header);
    auto alignment = std::size_t(
        header.numbers.contains("general.alignment") ? header.numbers["general.alignment"] : 32);
    if (alignment == 0)
      refuse("general.alignment is 0");
    std::size_t start = (at + alignment - 1) / alignment * alignment;
    for (auto &[tensor, entry] : header.tensors) {
      std::size_t offset = start + std::size_t(entry.data - bytes.data());
      if (offset > bytes.size())
        refuse("tensor " + tensor + " passes the end of the file");
      entry.data = bytes.data() + offset;
      entry.available = bytes.size() - offset;
    }
    return header;
  }

private:
  [[noreturn]] void refuse(const std::string &why) const { throw Error(name + ": " + why); }

  std::string take(std::uint64_t count) {
    if (count > bytes.size() - at)
      refuse("the header passes the end of the file");
    std::string text(reinterpret_cast<const char *>(bytes.data()) + at, count);
    at += count;
    return text;
  }
  std::uint64_t integer(int size) {
    std::string text = take(std::uint64_t(size));
    std::uint64_t value = 0;
    for (int i = size; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(text[std::size_t(i)]);
    return value;
  }
  std::string string() { return take(integer(8)); }

  /// Types 0 to 12: u8, i8, u16, i16, u32, i32, f32, bool, string, array, u64, i64, f64.
  void readKey(GgufHeader &header) {
    std::string key = string();
    auto type = std::uint32_t(integer(4));
    if (type == 8)
      header.texts[key] = string();
    else if (type == 9)
      skipArray();
    else
      header.numbers[key] = number(type);
  }

  double number(std::uint32_t type) {
    switch (type) {
    case 0:
    case 7:
      return double(integer(1));
    case 1:
      return double(std::int8_t(integer(1)));
    case 2:
      return double(integer(2));
    case 3:
      return double(std::int16_t(integer(2)));
    case 4:
      return double(integer(4));
    case 5:
      return double(std::int32_t(integer(4)));
    case 6:
      return double(std::bit_cast<float>(std::uint32_t(integer(4))));
    case 10:
      return double(integer(8));
    case 11:
      return double(std::int64_t(integer(8)));
    case 12:
      return std::bit_cast<double>(integer(8));
    default:
      refuse("type " + std::to_string(type) + " of a value is not known to --verify");
    }
  }

  void skipArray() {
    auto type = std::uint32_t(integer(4));
    std::uint64_t count = integer(8);
    for (std::uint64_t i = 0; i < count; ++i)
      if (type == 8)
        string();
      else
        (void)number(type);
  }

  void readTensor(GgufHeader &header) {
    std::string tensor = string();
    GgufHeader::Entry entry{};
    for (std::uint64_t dims = integer(4); dims > 0; --dims)
      entry.shape.insert(entry.shape.begin(), std::int64_t(integer(8)));
    entry.type = std::uint32_t(integer(4));
    std::uint64_t offset = integer(8);
    if (offset > bytes.size())
      refuse("tensor " + tensor + " passes the end of the file");
    entry.data = bytes.data() + offset; // the data's start is added when it is known
    header.tensors[tensor] = std::move(entry);
  }

  std::span<const unsigned char> bytes;
  const std::string &name;
  std::size_t at = 0;
};

} // namespace

GgufHeader readGgufHeader(std::span<const unsigned char> bytes, const std::string &name) {
  return Reader(bytes, name).read();
}

} // namespace cria::verify

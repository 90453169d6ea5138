//===- Npy.cpp - NumPy's file format --------------------------------------===//
#include "runtime/Npy.h"
#include "runtime/Fail.h"
#include <charconv>
#include <optional>

namespace cria::rt {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr size_t longestHeader = 64 << 10, mostDimensions = 32;

/// The header: a Python dict of 'descr', 'fortran_order' and 'shape'.
class Header {
public:
  std::optional<std::string> descr;
  std::optional<bool> fortranOrder;
  std::optional<std::vector<int64_t>> shape;

  Header(std::string_view text, const std::string &name) : rest_(text), name_(name) {
    expect('{');
    while (!take('}')) {
      field(quoted());
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    skip();
    if (!rest_.empty())
      refuse("something follows it");
    if (!descr || !fortranOrder || !shape)
      refuse("descr, fortran_order and shape are not all there");
  }

private:
  void field(const std::string &key) {
    expect(':');
    if (key == "descr" && !descr) {
      skip();
      if (rest_.starts_with('['))
        fail("{}: descr: a structured array is not supported", name_);
      descr = quoted();
    } else if (key == "fortran_order" && !fortranOrder) {
      fortranOrder = boolean();
    } else if (key == "shape" && !shape) {
      shape = tuple();
    } else {
      refuse("field \"" + printable(key) + "\" is unknown or there twice");
    }
  }

  bool boolean() {
    skip();
    for (std::string_view word : {"True", "False"})
      if (rest_.starts_with(word)) {
        rest_.remove_prefix(word.size());
        return word == "True";
      }
    refuse("fortran_order is neither True nor False");
  }

  std::vector<int64_t> tuple() {
    std::vector<int64_t> numbers;
    expect('(');
    while (!take(')')) {
      skip();
      int64_t number = 0;
      auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
      if (error != std::errc() || number < 0)
        refuse("shape holds something that is not a size");
      if (numbers.size() == mostDimensions)
        refuse("shape has too many dimensions");
      rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
      numbers.push_back(number);
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return numbers;
  }

  std::string quoted() {
    skip();
    char quote = rest_.empty() ? '\0' : rest_[0];
    size_t end = quote == '\'' || quote == '"' ? rest_.find(quote, 1) : rest_.npos;
    if (end == rest_.npos)
      refuse("a string in quotes is missing");
    std::string text(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return text;
  }

  void skip() {
    size_t begin = rest_.find_first_not_of(" \n\t\r");
    rest_.remove_prefix(std::min(begin, rest_.size()));
  }
  bool take(char c) {
    skip();
    if (!rest_.starts_with(c))
      return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c))
      refuse(fmt::format("'{}' is missing", c));
  }
  [[noreturn]] void refuse(const std::string &why) const {
    fail("{}: not a valid .npy header: {}", name_, why);
  }

  std::string_view rest_;
  const std::string &name_;
};

uint64_t littleEndian(std::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = bytes.size(); i > 0; --i)
    number = number << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return number;
}

/// "<f4" to "f4"; the number is the size of an element.
std::string dtypeOf(const std::string &descr, const std::string &name) {
  std::string_view kind = descr;
  bool single = kind.size() == 3 && kind[2] == '1';
  if (kind.starts_with('>') && !single)
    fail("{}: descr: \"{}\" is big-endian; only little-endian is supported", name,
         printable(descr));
  if (kind.starts_with('<') || kind.starts_with('|') || kind.starts_with('>'))
    kind.remove_prefix(1);
  if (kind.size() != 2 || std::string_view("biufV").find(kind[0]) == std::string_view::npos ||
      std::string_view("1248").find(kind[1]) == std::string_view::npos)
    fail("{}: descr: \"{}\" is not supported; booleans, integers and floats of up to 8 bytes are",
         name, printable(descr));
  return std::string(kind);
}

} // namespace

NpyArray readNpy(std::span<const std::byte> file, const std::string &name) {
  std::string_view bytes(reinterpret_cast<const char *>(file.data()), file.size());
  if (!bytes.starts_with(magic))
    fail("{}: not a .npy file", name);
  int version = bytes.size() > magic.size() ? bytes[magic.size()] : 0;
  size_t width = version == 1 ? 2 : 4, begin = magic.size() + 2 + width;
  if (version < 1 || version > 3)
    fail("{}: .npy version {} is not supported; 1, 2 and 3 are", name, version);
  if (bytes.size() < begin)
    fail("{}: ends within its header", name);
  uint64_t length = littleEndian(bytes.substr(magic.size() + 2, width));
  if (length > longestHeader)
    fail("{}: a header of {} bytes is too long", name, length);
  if (length > bytes.size() - begin)
    fail("{}: ends within its header", name);
  Header header(bytes.substr(begin, length), name);
  if (*header.fortranOrder)
    fail("{}: fortran_order: True is not supported; save numpy.ascontiguousarray(x)", name);

  NpyArray array;
  array.dtype = dtypeOf(*header.descr, name);
  array.elementSize = array.dtype[1] - '0';
  array.shape = *header.shape;
  array.data = file.subspan(begin + length);
  int64_t size = array.elementSize;
  for (int64_t extent : array.shape)
    if (__builtin_mul_overflow(size, extent, &size))
      fail("{}: shape: has too many elements", name);
  if (static_cast<uint64_t>(size) != array.data.size())
    fail("{}: has {} bytes of elements, but its shape and dtype need {}", name, array.data.size(),
         size);
  return array;
}

std::string npyHeader(std::string_view dtype, std::span<const int64_t> shape) {
  std::string dict = fmt::format("{{'descr': '{}{}', 'fortran_order': False, 'shape': (",
                                 dtype.ends_with('1') ? '|' : '<', dtype);
  for (size_t i = 0; i < shape.size(); ++i)
    dict += (i ? ", " : "") + std::to_string(shape[i]);
  dict += shape.size() == 1 ? ",), }" : "), }";
  // Elements begin at a multiple of 64 bytes.
  constexpr size_t before = magic.size() + 4;
  dict.resize((before + dict.size() + 1 + 63) / 64 * 64 - before - 1, ' ');
  dict += '\n';
  std::string out(magic);
  out += std::string_view("\x01\x00", 2);
  out += static_cast<char>(dict.size() & 0xff);
  out += static_cast<char>(dict.size() >> 8);
  return out + dict;
}

} // namespace cria::rt

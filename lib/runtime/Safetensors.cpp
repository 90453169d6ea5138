//===- Safetensors.cpp - The tensors of one safetensors file --------------===//
#include "runtime/Safetensors.h"
#include "runtime/Fail.h"
#include "runtime/FileContent.h"
#include "runtime/Json.h"
#include "storage/Storage.h"
#include <algorithm>
#include <cstring>
#include <optional>

namespace cria::rt {

using nlohmann::json;

namespace {

constexpr size_t lengthBytes = 8;
/// A model of a hundred thousand tensors needs less; a hostile header gets no more.
constexpr uint64_t maxHeaderBytes = 16 << 20;
/// The file, a tensor, its shape.
constexpr int maxDepth = 3;

std::optional<uint64_t> elementSize(std::string_view dtype) {
  static constexpr struct {
    std::string_view name;
    uint64_t size;
  } known[] = {{"F64", 8}, {"I64", 8}, {"U64", 8},     {"I32", 4},     {"U32", 4},  {"I16", 2},
               {"U16", 2}, {"I8", 1},  {"F8_E4M3", 1}, {"F8_E5M2", 1}, {"BOOL", 1}, {"U8", 1}};
  if (const storage::Storage *weights = storage::findSafetensors(dtype))
    return static_cast<uint64_t>(weights->bytes);
  for (auto [name, size] : known)
    if (name == dtype)
      return size;
  return std::nullopt;
}

/// One entry of the header being read, for messages.
struct Entry {
  std::string_view file, tensor;

  template <class... Args>
  [[noreturn]] void refuse(fmt::format_string<Args...> format, Args &&...args) const {
    fail("{}: tensor {}: {}", file, printable(tensor),
         fmt::format(format, std::forward<Args>(args)...));
  }

  const json &field(const json &entry, const char *name) const {
    auto found = entry.find(name);
    if (found == entry.end())
      refuse("{} is missing", name);
    return *found;
  }

  /// The numbers of an array of sizes.
  std::vector<uint64_t> sizes(const json &entry, const char *name) const {
    const json &list = field(entry, name);
    auto isSize = [](const json &item) { return item.is_number_unsigned(); };
    if (!list.is_array() || !std::all_of(list.begin(), list.end(), isSize))
      refuse("{}: {} is not a list of sizes", name, printable(list.dump()));
    return list.get<std::vector<uint64_t>>();
  }
};

std::string join(const std::vector<uint64_t> &list) {
  return fmt::format("[{}]", fmt::join(list, ", "));
}

Tensor readTensor(const Entry &at, const json &entry, std::span<const std::byte> data) {
  if (!entry.is_object())
    at.refuse("not a JSON object");
  const json &dtype = at.field(entry, "dtype");
  if (!dtype.is_string())
    at.refuse("dtype: {} is not a string", printable(dtype.dump()));
  Tensor tensor{dtype.get<std::string>(), {}, {}};

  auto shape = at.sizes(entry, "shape");
  uint64_t elements = 1;
  bool overflow = false;
  for (uint64_t size : shape) {
    overflow |= size > INT64_MAX || __builtin_mul_overflow(elements, size, &elements);
    tensor.shape.push_back(static_cast<int64_t>(size));
  }

  auto offsets = at.sizes(entry, "data_offsets");
  if (offsets.size() != 2 || offsets[0] > offsets[1])
    at.refuse("data_offsets: {} is not [begin, end]", join(offsets));
  auto [begin, end] = std::pair(offsets[0], offsets[1]);
  if (end > data.size())
    at.refuse("data_offsets: {} passes the end of the data, {} bytes: the file is cut short or "
              "damaged",
              join(offsets), data.size());

  auto size = elementSize(tensor.dtype);
  uint64_t bytes = 0;
  if (overflow ||
      (size && (__builtin_mul_overflow(elements, *size, &bytes) || bytes != end - begin)))
    at.refuse("shape: {} of {} does not take the {} bytes of data_offsets", join(shape),
              printable(tensor.dtype), end - begin);
  tensor.bytes = data.subspan(begin, end - begin);
  return tensor;
}

} // namespace

TensorMap readSafetensors(std::span<const std::byte> file, std::string_view name) {
  if (file.size() < lengthBytes)
    fail("{}: {} bytes are no safetensors file", name, file.size());
  uint64_t length;
  std::memcpy(&length, file.data(), lengthBytes);
  auto rest = file.subspan(lengthBytes);
  if (length > rest.size()) {
    std::string_view text(reinterpret_cast<const char *>(file.data()), file.size());
    if (auto clause = recogniseContent(text); !clause.empty())
      fail("{} {}", name, clause);
    fail("{}: header length: {} passes the end of the file, {} bytes", name, length, file.size());
  }
  if (length > maxHeaderBytes)
    fail("{}: header length: {} is more than {}", name, length, maxHeaderBytes);

  std::string_view text(reinterpret_cast<const char *>(rest.data()), length);
  json header = parseJson(text, name, maxDepth);
  if (!header.is_object())
    fail("{}: the header is not a JSON object", name);

  TensorMap tensors;
  for (const auto &[tensor, entry] : header.items())
    if (tensor != "__metadata__")
      tensors.emplace(tensor, readTensor({name, tensor}, entry, rest.subspan(length)));
  refuseOverlaps(tensors, name);
  return tensors;
}

} // namespace cria::rt

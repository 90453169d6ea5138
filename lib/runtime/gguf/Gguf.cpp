//===- Gguf.cpp - Keys and tensors of one GGUF file -----------------------===//
#include "runtime/gguf/Gguf.h"
#include "runtime/FileContent.h"
#include "runtime/gguf/GgufCursor.h"
#include <bit>

namespace cria::rt {

using nlohmann::json;

namespace {

constexpr std::string_view magic = "GGUF";
/// More than any model has; the lists of a hostile file are no longer.
constexpr uint64_t mostKeys = 1 << 16, mostTensors = 1 << 20;
constexpr uint64_t mostDims = 4, mostAlignment = 1 << 20;

std::string_view textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

void checkVersion(GgufCursor &in) {
  auto version = in.number<uint32_t>("version");
  if ((version & 0xffff) == 0 && version != 0)
    fail("{}: version: {:#x}: big-endian files are not supported", in.name(), version);
  if (version != 2 && version != 3)
    fail("{}: version: {} is not supported (2, 3)", in.name(), version);
}

uint64_t readCount(GgufCursor &in, const char *what, uint64_t most) {
  auto count = in.number<uint64_t>(what);
  if (count > most)
    fail("{}: {}: {} is more than {}", in.name(), what, count, most);
  return count;
}

json readKeys(GgufCursor &in, uint64_t count, GgufArrays arrays) {
  json keys = json::object();
  for (uint64_t i = 0; i < count; ++i) {
    std::string key(in.string(fmt::format("key {}", i)));
    if (key.empty())
      fail("{}: key {}: has no name", in.name(), i);
    if (keys.contains(key))
      fail("{}: {}: is there twice", in.name(), printable(key));
    keys[key] = in.value(key, arrays);
  }
  return keys;
}

uint64_t alignmentOf(const json &keys, std::string_view file) {
  auto found = keys.find("general.alignment");
  if (found == keys.end())
    return ggufAlignment;
  bool valid = found->is_number_unsigned() && std::has_single_bit(found->get<uint64_t>()) &&
               found->get<uint64_t>() <= mostAlignment;
  if (!valid)
    fail("{}: general.alignment: {} is not a power of 2 up to {}", file,
         printable(found->dump(-1, ' ', false, json::error_handler_t::replace)), mostAlignment);
  return found->get<uint64_t>();
}

/// A tensor whose bytes are not looked up yet.
struct Entry {
  std::string name;
  Tensor tensor;
  uint64_t bytes, offset; ///< offset from the start of the data
};

Entry readEntry(GgufCursor &in, uint64_t number) {
  Entry entry;
  entry.name = in.string(fmt::format("tensor {}", number));
  std::string what = "tensor " + printable(entry.name);
  auto refuse = [&](const std::string &why) { fail("{}: {}: {}", in.name(), what, why); };
  auto dims = in.number<uint32_t>(what);
  if (dims == 0 || dims > mostDims)
    refuse(fmt::format("{} dimensions are not 1 to {}", dims, mostDims));
  auto &shape = entry.tensor.shape;
  uint64_t elements = 1;
  for (uint32_t i = 0; i < dims; ++i) {
    auto size = in.number<uint64_t>(what);
    shape.insert(shape.begin(), static_cast<int64_t>(size));
    if (size > INT64_MAX || __builtin_mul_overflow(elements, size, &elements))
      refuse(fmt::format("shape: [{}] has too many elements", fmt::join(shape, ", ")));
  }
  auto id = in.number<uint32_t>(what);
  const GgmlType *type = findGgmlType(id);
  if (!type)
    refuse(fmt::format("type: {} is not known", id));
  if (static_cast<uint64_t>(shape.back()) % type->elements)
    refuse(fmt::format("shape: rows of {} are not whole blocks of {}, {} elements", shape.back(),
                       type->name, type->elements));
  if (__builtin_mul_overflow(elements / type->elements, type->bytes, &entry.bytes))
    refuse(fmt::format("shape: [{}] has too many elements", fmt::join(shape, ", ")));
  entry.tensor.dtype = type->name;
  entry.offset = in.number<uint64_t>(what);
  return entry;
}

} // namespace

bool isGguf(std::span<const std::byte> file) { return textOf(file).starts_with(magic); }

GgufFile readGguf(std::span<const std::byte> file, std::string_view name, GgufArrays arrays) {
  if (!isGguf(file)) {
    if (auto clause = recogniseContent(textOf(file)); !clause.empty())
      fail("{} {}", name, clause);
    fail("{}: does not begin with \"{}\", so it is no GGUF file", name, magic);
  }
  GgufCursor in(file, name);
  in.bytes(magic.size(), "magic");
  checkVersion(in);
  uint64_t tensors = readCount(in, "number of tensors", mostTensors);
  uint64_t keys = readCount(in, "number of keys", mostKeys);

  GgufFile result;
  result.keys = readKeys(in, keys, arrays);
  std::vector<Entry> entries;
  for (uint64_t i = 0; i < tensors; ++i)
    entries.push_back(readEntry(in, i));

  uint64_t alignment = alignmentOf(result.keys, name);
  uint64_t start = (in.at() + alignment - 1) / alignment * alignment;
  auto data = file.subspan(std::min<uint64_t>(start, file.size()));
  for (Entry &entry : entries) {
    if (entry.offset % alignment)
      fail("{}: tensor {}: offset: {} is not a multiple of {}", name, printable(entry.name),
           entry.offset, alignment);
    if (entry.offset > data.size() || entry.bytes > data.size() - entry.offset)
      fail("{}: tensor {}: {} bytes at {} pass the end of the data, {} bytes: the file is cut "
           "short or damaged",
           name, printable(entry.name), entry.bytes, entry.offset, data.size());
    entry.tensor.bytes = data.subspan(entry.offset, entry.bytes);
    if (!result.tensors.emplace(entry.name, std::move(entry.tensor)).second)
      fail("{}: tensor {}: is there twice", name, printable(entry.name));
  }
  refuseOverlaps(result.tensors, name);
  return result;
}

} // namespace cria::rt

//===- GgufWriter.cpp - GGUF files, written in one pass -------------------===//
#include "export/GgufWriter.h"
#include "runtime/Fail.h"
#include "storage/Packed.h"
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace cria::gguf {

using rt::GgufType;

/// What is written at a time, from multiples of it on: Linux keeps such a part of a file in a huge
/// page, so that the file can be mapped in them and read faster as soon as it is written.
constexpr std::size_t hugePage = std::size_t(2) << 20;

std::uint64_t Stored::bytes() const {
  std::int64_t count = 1;
  for (std::int64_t size : shape)
    count *= size;
  return static_cast<std::uint64_t>(storage->bytesOf(count));
}

Writer::Writer(std::filesystem::path file) : path(std::move(file)), out(path, std::ios::binary) {
  waiting.reserve(hugePage);
}

template <class T>
void Writer::add(T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  keys.append(bytes, sizeof value);
}

void Writer::addText(std::string_view text) {
  add(static_cast<std::uint64_t>(text.size()));
  keys += text;
}

void Writer::addKey(std::string_view key, GgufType type) {
  ++keyCount;
  addText(key);
  add(static_cast<std::uint32_t>(type));
}

void Writer::string(std::string_view key, std::string_view value) {
  addKey(key, GgufType::string);
  addText(value);
}

void Writer::integer(std::string_view key, std::int64_t value) {
  addKey(key, GgufType::uint32);
  add(static_cast<std::uint32_t>(value));
}

void Writer::real(std::string_view key, double value) {
  addKey(key, GgufType::float32);
  add(static_cast<float>(value));
}

void Writer::flag(std::string_view key, bool value) {
  addKey(key, GgufType::boolean);
  add(static_cast<std::uint8_t>(value));
}

void Writer::strings(std::string_view key, const std::vector<std::string> &values) {
  addKey(key, GgufType::array);
  add(static_cast<std::uint32_t>(GgufType::string));
  add(static_cast<std::uint64_t>(values.size()));
  for (const std::string &value : values)
    addText(value);
}

void Writer::integers(std::string_view key, const std::vector<std::int32_t> &values) {
  addKey(key, GgufType::array);
  add(static_cast<std::uint32_t>(GgufType::int32));
  add(static_cast<std::uint64_t>(values.size()));
  for (std::int32_t value : values)
    add(value);
}

void Writer::raw(std::string_view key, std::span<const std::byte> value) {
  ++keyCount;
  addText(key);
  keys.append(reinterpret_cast<const char *>(value.data()), value.size());
}

void Writer::begin(const std::vector<Stored> &tensors) {
  std::string before = std::move(keys);
  keys = "GGUF";
  add(std::uint32_t(3));
  add(static_cast<std::uint64_t>(tensors.size()));
  add(keyCount);
  keys += before;
  std::uint64_t offset = 0;
  for (const Stored &tensor : tensors) {
    addText(tensor.name);
    add(static_cast<std::uint32_t>(tensor.shape.size()));
    for (auto size = tensor.shape.rbegin(); size != tensor.shape.rend(); ++size)
      add(static_cast<std::uint64_t>(*size));
    add(static_cast<std::uint32_t>(tensor.storage->gguf +
                                   (tensor.packed ? storage::packedGguf : 0)));
    add(offset);
    offset += (tensor.bytes() + rt::ggufAlignment - 1) / rt::ggufAlignment * rt::ggufAlignment;
  }
  write(std::as_bytes(std::span(keys)));
  pad();
}

void Writer::write(std::span<const std::byte> bytes) {
  written += bytes.size();
  while (!bytes.empty()) {
    auto now = bytes.first(std::min(bytes.size(), hugePage - waiting.size()));
    waiting.insert(waiting.end(), now.begin(), now.end());
    bytes = bytes.subspan(now.size());
    if (waiting.size() == hugePage)
      flush();
  }
}

void Writer::flush() {
  out.write(reinterpret_cast<const char *>(waiting.data()),
            static_cast<std::streamsize>(waiting.size()));
  waiting.clear();
  if (!out)
    rt::fail("{}: cannot write: {}", path.native(), std::strerror(errno));
}

void Writer::pad() {
  constexpr std::byte zeros[rt::ggufAlignment]{};
  if (std::uint64_t over = written % rt::ggufAlignment)
    write(std::span(zeros).first(rt::ggufAlignment - over));
}

void Writer::endTensor() { pad(); }

void Writer::finish() {
  flush();
  out.close();
  if (!out)
    rt::fail("{}: cannot write: {}", path.native(), std::strerror(errno));
}

} // namespace cria::gguf

//===- GgufWriter.h - GGUF files, written in one pass -----------*- C++ -*-===//
#pragma once
#include "runtime/gguf/GgufTypes.h"
#include "storage/Storage.h"
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

namespace cria::gguf {

/// A tensor that is to be written.
struct Stored {
  std::string name;
  std::vector<std::int64_t> shape; ///< row-major
  const storage::Storage *storage;
  bool packed = false; ///< see storage/Packed.h

  std::uint64_t bytes() const;
};

/// Keys first, then begin(), then the bytes of each tensor in the order of begin(). Throws
/// cria::Error.
class Writer {
public:
  explicit Writer(std::filesystem::path file);

  void string(std::string_view key, std::string_view value);
  void integer(std::string_view key, std::int64_t value); ///< uint32
  void real(std::string_view key, double value);          ///< float32
  void flag(std::string_view key, bool value);
  void strings(std::string_view key, const std::vector<std::string> &values);
  void integers(std::string_view key, const std::vector<std::int32_t> &values);
  /// A value with its type, as another GGUF file has it.
  void raw(std::string_view key, std::span<const std::byte> value);

  void begin(const std::vector<Stored> &tensors);
  void write(std::span<const std::byte> bytes);
  /// Fills up to where the next tensor begins.
  void endTensor();
  void finish();

private:
  template <class T>
  void add(T value);
  void addText(std::string_view text);
  void addKey(std::string_view key, rt::GgufType type);
  void pad();
  void flush();

  std::filesystem::path path;
  std::ofstream out;
  std::vector<std::byte> waiting; ///< to be written
  std::string keys;               ///< encoded
  std::uint64_t keyCount = 0, written = 0;
};

} // namespace cria::gguf

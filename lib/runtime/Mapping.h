//===- Mapping.h - A range of mapped memory ---------------------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

namespace cria::rt {

/// Pages of the system's usual size, or huge ones where it has any free. Reading much memory is
/// faster on huge pages.
enum class Pages { usual, huge };

/// Pages of a file, or of zeros; unmapped when it goes. Aligned to a page.
class Mapping {
public:
  Mapping() = default;
  /// The whole regular file `path`, read-only. Throws cria::Error.
  static Mapping file(const std::filesystem::path &path);
  /// `bytes` writable zeros; a page takes memory only once it is written.
  /// Throws cria::Error, which calls the memory `what`.
  static Mapping zeros(size_t bytes, const char *what, Pages pages = Pages::usual);

  Mapping(Mapping &&other) noexcept { swap(other); }
  Mapping &operator=(Mapping &&other) noexcept {
    swap(other);
    return *this;
  }
  ~Mapping();

  std::byte *data() const { return data_; }
  size_t size() const { return size_; }
  std::span<const std::byte> bytes() const { return {data_, size_}; }
  template <class T>
  T *as() const {
    return reinterpret_cast<T *>(data_);
  }

private:
  Mapping(void *data, size_t size) : data_(static_cast<std::byte *>(data)), size_(size) {}
  void swap(Mapping &other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }

  std::byte *data_ = nullptr;
  size_t size_ = 0;
};

} // namespace cria::rt

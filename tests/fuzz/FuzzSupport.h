//===- FuzzSupport.h - Inputs near good ones --------------------*- C++ -*-===//
#pragma once
#include "support/Error.h"
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fuzzer/FuzzedDataProvider.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace fuzz {

/// A file in memory with a path.
class MemoryFile {
public:
  explicit MemoryFile(const std::string &bytes) : fd_(memfd_create("fuzz", 0)) {
    if (fd_ < 0 || write(fd_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      std::abort();
  }
  MemoryFile(const MemoryFile &) = delete;
  ~MemoryFile() { close(fd_); }
  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(fd_); }

private:
  int fd_;
};

/// What `data` says: bytes of its own, or `good` with some ranges replaced.
inline std::string changed(const std::string &good, FuzzedDataProvider &data) {
  if (data.ConsumeIntegralInRange(0, 3) == 0)
    return data.ConsumeRemainingBytesAsString();
  std::string text = good;
  for (int edits = data.ConsumeIntegralInRange(1, 4); edits > 0; --edits) {
    size_t at = data.ConsumeIntegralInRange<size_t>(0, text.size());
    size_t count = data.ConsumeIntegralInRange<size_t>(0, 8);
    text.replace(at, count, data.ConsumeRandomLengthString(16));
  }
  return text;
}

/// Runs `body`, which may throw a cria::Error of one line.
template <class Body>
void tolerate(const Body &body) {
  try {
    body();
  } catch (const cria::Error &error) {
    if (std::strchr(error.what(), '\n'))
      std::abort();
  }
}

} // namespace fuzz

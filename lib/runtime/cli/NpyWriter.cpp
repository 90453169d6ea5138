#include "runtime/cli/NpyWriter.h"
#include "runtime/Fail.h"
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace cria::rt {
namespace {

/// Version 1.0: magic, length of the rest, a Python dict padded to a multiple of 64 bytes.
std::string header(int64_t rows, int64_t columns) {
  std::string dict =
      fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", rows, columns);
  constexpr size_t before = 10;
  dict.resize((before + dict.size() + 1 + 63) / 64 * 64 - before - 1, ' ');
  dict += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(dict.size() & 0xff);
  out += static_cast<char>(dict.size() >> 8);
  return out + dict;
}

} // namespace

NpyWriter::NpyWriter(std::string path, int64_t rows, int64_t columns)
    : path_(std::move(path)), temporary_(path_ + ".XXXXXX") {
  int fd = mkstemp(temporary_.data());
  if (fd < 0)
    fail("{}: {}", path_, std::strerror(errno));
  // mkstemp keeps the file from others; a result is as open as any new file.
  mode_t mask = umask(0);
  umask(mask);
  fchmod(fd, 0666 & ~mask);
  file_.reset(fdopen(fd, "wb"));
  std::string head = header(rows, columns);
  put(head.data(), head.size());
}

NpyWriter::~NpyWriter() {
  if (!temporary_.empty())
    unlink(temporary_.c_str());
}

void NpyWriter::write(std::span<const float> row) { put(row.data(), row.size_bytes()); }

void NpyWriter::commit() {
  if (std::fclose(file_.release()) != 0 || std::rename(temporary_.c_str(), path_.c_str()) != 0)
    fail("{}: {}", path_, std::strerror(errno));
  temporary_.clear();
}

void NpyWriter::put(const void *data, size_t bytes) {
  if (std::fwrite(data, 1, bytes, file_.get()) != bytes)
    fail("{}: {}", path_, std::strerror(errno));
}

} // namespace cria::rt

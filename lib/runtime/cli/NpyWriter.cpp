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

/// A device or a pipe, which no file may take the place of.
bool isSpecial(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/// A new file; `name` ends in XXXXXX, which are replaced. Null if there is none.
std::FILE *openTemporary(std::string &name) {
  int fd = mkstemp(name.data());
  if (fd < 0)
    return nullptr;
  // mkstemp keeps the file from others; a result is as open as any new file.
  mode_t mask = umask(0);
  umask(mask);
  fchmod(fd, 0666 & ~mask);
  return fdopen(fd, "wb");
}

} // namespace

NpyWriter::NpyWriter(std::string path, int64_t rows, int64_t columns) : path_(std::move(path)) {
  if (isSpecial(path_)) {
    file_.reset(std::fopen(path_.c_str(), "wb"));
  } else {
    temporary_ = path_ + ".XXXXXX";
    file_.reset(openTemporary(temporary_));
  }
  if (!file_)
    fail("{}: {}", path_, std::strerror(errno));
  std::string head = header(rows, columns);
  put(head.data(), head.size());
}

NpyWriter::~NpyWriter() {
  if (!temporary_.empty())
    unlink(temporary_.c_str());
}

void NpyWriter::write(std::span<const float> row) { put(row.data(), row.size_bytes()); }

void NpyWriter::commit() {
  if (std::fclose(file_.release()) != 0 ||
      (!temporary_.empty() && std::rename(temporary_.c_str(), path_.c_str()) != 0))
    fail("{}: {}", path_, std::strerror(errno));
  temporary_.clear();
}

void NpyWriter::put(const void *data, size_t bytes) {
  if (std::fwrite(data, 1, bytes, file_.get()) != bytes)
    fail("{}: {}", path_, std::strerror(errno));
}

} // namespace cria::rt

#include "runtime/cli/NpyWriter.h"
#include "runtime/Fail.h"
#include "runtime/Npy.h"
#include <array>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace cria::rt {
namespace {

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
  std::string head = npyHeader("f4", std::array{rows, columns});
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

//===- FileWriter.cpp - A file that appears when it is complete -----------===//
#include "runtime/FileWriter.h"
#include "runtime/Fail.h"
#include "runtime/RandomWeights.h"
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cria::rt {
namespace {

/// A device or a pipe, which no file may take the place of.
bool isSpecial(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/// Opens a new file beside `path` and sets its name; the umask decides who may read it. Null if
/// that fails.
std::FILE *openTemporary(const std::string &path, std::string &name) {
  static std::atomic<uint64_t> count;
  for (;;) {
    uint64_t number = mix64(static_cast<uint64_t>(getpid()) << 32 | ++count);
    name = fmt::format("{}.{:08x}.tmp", path, number >> 32);
    int fd = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0)
      return fdopen(fd, "wb");
    if (errno != EEXIST) {
      name.clear();
      return nullptr;
    }
  }
}

} // namespace

FileWriter::FileWriter(std::string path) : path_(std::move(path)) {
  file_.reset(isSpecial(path_) ? std::fopen(path_.c_str(), "wbe")
                               : openTemporary(path_, temporary_));
  if (!file_)
    failed();
}

FileWriter::~FileWriter() {
  if (!temporary_.empty())
    unlink(temporary_.c_str());
}

void FileWriter::write(const void *data, size_t bytes) {
  if (std::fwrite(data, 1, bytes, file_.get()) != bytes)
    failed();
}

void FileWriter::commit() {
  if (std::fclose(file_.release()) != 0 ||
      (!temporary_.empty() && std::rename(temporary_.c_str(), path_.c_str()) != 0))
    failed();
  temporary_.clear();
}

void FileWriter::failed() const { fail("{}: {}", path_, std::strerror(errno)); }

} // namespace cria::rt

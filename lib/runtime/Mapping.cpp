#include "runtime/Mapping.h"
#include "runtime/Fail.h"
#include "support/FilesRead.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cria::rt {
namespace {

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0)
      close(fd);
  }
};

} // namespace

Mapping Mapping::file(const std::filesystem::path &path) {
  // O_NONBLOCK: opening a named pipe must not wait for a writer.
  Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  struct stat status;
  if (file.fd < 0 || fstat(file.fd, &status) != 0)
    fail("{}: {}", path.native(), std::strerror(errno));
  if (!S_ISREG(status.st_mode))
    fail("{}: not a regular file", path.native());
  FilesRead::note(path);
  auto size = static_cast<size_t>(status.st_size);
  if (size == 0)
    return {};
  void *data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.fd, 0);
  if (data == MAP_FAILED)
    fail("{}: cannot be mapped: {}", path.native(), std::strerror(errno));
  return {data, size};
}

Mapping Mapping::zeros(size_t bytes, const char *what, Pages pages) {
  if (bytes == 0)
    return {};
  void *data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED)
    fail("{}: no memory for {} bytes: {}", what, bytes, std::strerror(errno));
  // Advice only: a system without huge pages refuses it, and gives usual ones.
  if (pages == Pages::huge)
    madvise(data, bytes, MADV_HUGEPAGE);
  return {data, bytes};
}

Mapping::~Mapping() {
  if (data_)
    munmap(data_, size_);
}

} // namespace cria::rt

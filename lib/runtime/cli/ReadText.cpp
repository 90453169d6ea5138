#include "runtime/cli/ReadText.h"
#include "runtime/Fail.h"
#include "support/FilesRead.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace cria::rt {

std::string readText(const std::string &path) {
  // Not mapped: a pipe will do.
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(
      path == "-" ? fdopen(0, "r") : std::fopen(path.c_str(), "re"), std::fclose);
  if (!file)
    fail("{}: {}", path, std::strerror(errno));
  FilesRead::note(path == "-" ? "/proc/self/fd/0" : path);
  constexpr size_t most = 64 << 20;
  std::string text;
  char block[1 << 14];
  while (size_t got = std::fread(block, 1, sizeof block, file.get())) {
    text.append(block, got);
    if (text.size() > most)
      fail("{}: more than {} bytes of text", path, most);
  }
  if (std::ferror(file.get()))
    fail("{}: {}", path, std::strerror(errno));
  return text;
}

} // namespace cria::rt

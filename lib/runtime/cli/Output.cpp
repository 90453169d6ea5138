#include "runtime/cli/Output.h"
#include "runtime/Fail.h"
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace cria::rt {

void writeOutput(std::string_view text) {
  while (!text.empty()) {
    ssize_t written = write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0)
      text.remove_prefix(static_cast<size_t>(written));
    else if (errno == EPIPE)
      throw OutputClosed();
    else if (errno != EINTR)
      fail("standard output: {}", std::strerror(errno));
  }
}

} // namespace cria::rt

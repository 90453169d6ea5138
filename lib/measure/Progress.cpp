//===- Progress.cpp - Progress of a long run ------------------------------===//
#include "measure/Progress.h"
#include <cstdio>
#include <unistd.h>

namespace cria::measure {

Progress::Progress(bool wanted) : terminal(isatty(STDERR_FILENO)), shown(terminal || wanted) {}

void Progress::say(const std::string &line) const {
  if (shown)
    std::fprintf(stderr, terminal ? "\r\033[K%s" : "%s\n", line.c_str());
}

void Progress::clear() const {
  if (terminal)
    std::fputs("\r\033[K", stderr);
}

} // namespace cria::measure

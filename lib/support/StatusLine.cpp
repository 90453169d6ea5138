//===- StatusLine.cpp - Progress of a long run ----------------------------===//
#include "support/StatusLine.h"
#include <cstdio>
#include <unistd.h>

namespace cria {

StatusLine::StatusLine(bool wanted) : terminal(isatty(STDERR_FILENO)), shown(terminal || wanted) {}

void StatusLine::say(const std::string &line) const {
  if (!shown)
    return;
  std::fprintf(stderr, terminal ? "\r\033[K%s" : "%s\n", line.c_str());
  written = terminal;
}

void StatusLine::clear() const {
  if (written)
    std::fputs("\r\033[K", stderr);
  written = false;
}

} // namespace cria

//===- Terminal.cpp - Text for people at a terminal -----------------------===//
#include "driver/Terminal.h"
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace cria::driver {

bool usesColor() {
  const char *none = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) && !(none && *none);
}

std::string colored(llvm::StringRef text, llvm::raw_ostream::Colors color) {
  if (!usesColor())
    return text.str();
  std::string made;
  llvm::raw_string_ostream stream(made);
  stream.enable_colors(true);
  stream.changeColor(color) << text;
  stream.resetColor();
  return made;
}

void show(const std::string &text) {
  const char *asked = std::getenv("PAGER");
  std::string pager = asked ? asked : "less";
  if (!isatty(STDOUT_FILENO) || pager.empty() || pager == "cat") {
    llvm::outs() << text;
    return;
  }
  setenv("LESS", "FRX", /*overwrite=*/0); // as git does: colours; no pager for a short text
  std::signal(SIGPIPE, SIG_IGN);          // a reader may leave before the end
  FILE *pipe = popen(pager.c_str(), "w");
  if (pipe)
    (void)std::fwrite(text.data(), 1, text.size(), pipe);
  int code = pipe ? pclose(pipe) : -1;
  if (code == -1 || WEXITSTATUS(code) == 127) // 127: the shell found no such program
    llvm::outs() << text;
}

} // namespace cria::driver

//===- Process.cpp - Running other programs -------------------------------===//
#include "spec/Process.h"
#include "support/Error.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cria::spec {

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  if (error)
    throw Error("$TMPDIR: is not a writable folder: " + error.message());
  std::string name = (parent / "cria-XXXXXX").native();
  if (!mkdtemp(name.data()))
    throw Error(parent.native() + ": cannot create a folder in it: " + std::strerror(errno));
  path = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

namespace {

/// Runs in the child between fork and exec, so only async-signal-safe calls are allowed.
[[noreturn]] void become(char *const *arguments, const char *output, unsigned seconds) {
  constexpr int noSuchProgram = 127;
  int file = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (file < 0 || nothing < 0 || dup2(nothing, 0) < 0 || dup2(file, 1) < 0 || dup2(file, 2) < 0)
    _exit(noSuchProgram);
  alarm(seconds);
  execvp(arguments[0], arguments);
  _exit(noSuchProgram);
}

} // namespace

std::optional<int> runProgram(const std::vector<std::string> &command,
                              const std::filesystem::path &output, unsigned seconds) {
  std::vector<char *> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string &argument : command)
    arguments.push_back(const_cast<char *>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t child = fork();
  if (child < 0)
    throw Error(command[0] + ": cannot be run: " + std::strerror(errno));
  if (child == 0)
    become(arguments.data(), output.c_str(), seconds);
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      throw Error(command[0] + ": cannot be waited for: " + std::strerror(errno));
  if (WIFSIGNALED(status))
    return 128 + WTERMSIG(status);
  if (WEXITSTATUS(status) == 127)
    return std::nullopt;
  return WEXITSTATUS(status);
}

} // namespace cria::spec

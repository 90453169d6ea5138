#include "Process.h"
#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>

namespace test {
namespace {

std::string contents(std::FILE *file) {
  std::rewind(file);
  std::string text;
  for (int c; (c = std::fgetc(file)) != EOF;)
    text += static_cast<char>(c);
  std::fclose(file);
  return text;
}

} // namespace

Result runProgram(const std::string &program, const std::vector<std::string> &arguments,
                  const std::string &input, int outFd) {
  // Files, not pipes: nothing can fill up and wait.
  std::FILE *in = std::tmpfile(), *out = std::tmpfile(), *err = std::tmpfile();
  std::fwrite(input.data(), 1, input.size(), in);
  std::rewind(in);
  std::vector<char *> argv = {const_cast<char *>(program.c_str())};
  for (const std::string &argument : arguments)
    argv.push_back(const_cast<char *>(argument.c_str()));
  argv.push_back(nullptr);
  pid_t child = fork();
  if (child == 0) {
    dup2(fileno(in), STDIN_FILENO);
    dup2(outFd >= 0 ? outFd : fileno(out), STDOUT_FILENO);
    dup2(fileno(err), STDERR_FILENO);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  std::fclose(in);
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return {code, contents(out), contents(err)};
}

} // namespace test

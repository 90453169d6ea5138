//===- RunLibrary.cpp - A compiled library, used through its C API --------===//
#include "driver/RunLibrary.h"
#include "cria/runtime/cria.h"
#include "support/Error.h"
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <filesystem>
#include <memory>
#include <sys/wait.h>
#include <unistd.h>

namespace cria::driver {
namespace {

/// The functions of cria.h that a host needs, as the library exports them.
class Library {
public:
  explicit Library(const std::string &file)
      : handle(dlopen(std::filesystem::absolute(file).c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (!handle)
      throw Error(dlerror());
  }
  // NOLINTBEGIN(bugprone-macro-parentheses): a declaration
#define CRIA_FUNCTION(name)                                                                        \
  decltype(&cria_##name) name = find<decltype(&cria_##name)>("cria_" #name)
  // NOLINTEND(bugprone-macro-parentheses)

private:
  template <class Function>
  Function find(const char *name) const {
    void *address = dlsym(handle, name);
    if (!address)
      throw Error(std::string("it does not export ") + name);
    return reinterpret_cast<Function>(address);
  }
  void *handle;

public:
  CRIA_FUNCTION(error_message);
  CRIA_FUNCTION(set_threads);
  CRIA_FUNCTION(model_open);
  CRIA_FUNCTION(session_create);
  CRIA_FUNCTION(prefill_each);
  CRIA_FUNCTION(decode);
  CRIA_FUNCTION(logits);
#undef CRIA_FUNCTION

  void require(cria_status status) const {
    if (status != CRIA_OK)
      throw Error(error_message());
  }
};

void write(std::FILE *file, const float *row, std::int64_t count) {
  if (std::fwrite(row, sizeof(float), std::size_t(count), file) != std::size_t(count))
    throw Error(std::string("its logits cannot be written: ") + std::strerror(errno));
}

void useLibrary(const LibraryTask &task) {
  Library library(task.library);
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(task.rows.c_str(), "wb"),
                                                        std::fclose);
  if (!file)
    throw Error(task.rows + ": " + std::strerror(errno));
  cria_model_handle *model = nullptr;
  cria_session *session = nullptr;
  if (task.road.threads)
    library.require(library.set_threads(task.road.threads));
  library.require(library.model_open(nullptr, &model));
  library.require(library.session_create(model, &session));
  auto inChunks = std::min(task.road.decodeFrom, std::int64_t(task.tokens.size()));
  auto visit = [](void *user, std::int64_t, const float *logits, std::int64_t vocab) {
    write(static_cast<std::FILE *>(user), logits, vocab);
  };
  if (inChunks > 0)
    library.require(library.prefill_each(session, task.tokens.data(), inChunks, visit, file.get()));
  for (std::int32_t token : task.tokens.subspan(std::size_t(inChunks))) {
    library.require(library.decode(session, token));
    std::int64_t vocab = 0;
    const float *logits = library.logits(session, &vocab);
    write(file.get(), logits, vocab);
  }
}

/// What the child does; it shares nothing with its parent but files.
[[noreturn]] void child(const LibraryTask &task) {
  alarm(task.seconds);
  unsetenv("CRIA_WEIGHTS"); // weights come from where the library itself looks for them
  setenv("CRIA_VARIANT", task.variant.c_str(), /*overwrite=*/1);
  int code = 0;
  try {
    useLibrary(task);
  } catch (const std::exception &error) {
    if (std::FILE *file = std::fopen(task.messages.c_str(), "w")) {
      std::fputs(error.what(), file);
      std::fclose(file);
    }
    code = 1;
  }
  _exit(code);
}

} // namespace

int runLibrary(const LibraryTask &task, std::string &problem) {
  pid_t process = fork();
  if (process < 0)
    throw Error(std::string("no process can be started: ") + std::strerror(errno));
  if (process == 0)
    child(task);
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR)
      throw Error(std::string("its process is lost: ") + std::strerror(errno));
  if (WIFEXITED(status))
    return WEXITSTATUS(status);
  problem = WTERMSIG(status) == SIGALRM ? "it did not end in time" : strsignal(WTERMSIG(status));
  return -1;
}

} // namespace cria::driver

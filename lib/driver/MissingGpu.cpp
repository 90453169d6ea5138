//===- MissingGpu.cpp - Whether this machine has a GPU --------------------===//
#include "driver/MissingGpu.h"
#include "driver/ScratchFile.h"
#include "driver/gpu/Vendor.h"
#include "runtime/device/GpuDevice.h"
#include "support/Error.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/wait.h>
#include <unistd.h>

namespace cria::driver {
namespace {

std::string problemOf(const rt::GpuApi &api) {
  try {
    return rt::gpuNames(api).empty() ? std::string("this machine has no GPU of ") + api.vendor : "";
  } catch (const std::exception &error) {
    return error.what();
  }
}

/// What the child does.
[[noreturn]] void answer(const rt::GpuApi &api, const std::string &file) {
  std::string problem = problemOf(api);
  if (std::FILE *out = std::fopen(file.c_str(), "w")) {
    std::fputs(problem.c_str(), out);
    std::fclose(out);
  }
  _exit(0);
}

} // namespace

std::string missingGpu(const Target &target) {
  const rt::GpuApi &api = *rt::findGpuApi(target.vendor->device.str());
  ScratchFile file("txt");
  pid_t process = fork();
  if (process < 0)
    throw Error(std::string("no process can be started: ") + std::strerror(errno));
  if (process == 0)
    answer(api, file.path());
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR)
      throw Error(std::string("its process is lost: ") + std::strerror(errno));
  if (!WIFEXITED(status))
    return std::string("the ") + api.driver + " crashed";
  return file.text();
}

} // namespace cria::driver

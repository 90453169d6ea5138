//===- Link.cpp - An object and the runtime to a program ------------------===//
#include "driver/Link.h"
#include "driver/Install.h"
#include "driver/Output.h"
#include "support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace cria::driver {
namespace {

std::string findCompiler() {
  for (const char *name : {CRIA_LINKER, "clang++-22", "clang++", "c++", "g++"})
    if (auto path = sys::findProgramByName(name))
      return *path;
  throw Error("no C++ compiler was found to link with (clang++-22, clang++, c++ or g++)");
}

/// The first line of what a program said, which is the one that explains.
std::string firstLine(const std::string &file) {
  auto text = MemoryBuffer::getFile(file);
  if (!text)
    return "";
  return (*text)->getBuffer().split('\n').first.str();
}

} // namespace

void link(const std::string &object, const std::string &output, bool shared) {
  std::string folder = runtimeFolder(), compiler = findCompiler();
  std::string runtime = folder + "/libcria_rt.a", main = folder + "/libcria_rt_main.a";
  std::vector<StringRef> arguments{compiler, "-o", output, object};
  if (shared)
    arguments.insert(arguments.end(),
                     {"-shared", "-Wl,--whole-archive", runtime, "-Wl,--no-whole-archive"});
  else
    arguments.insert(arguments.end(), {main, runtime});
  arguments.insert(arguments.end(),
                   {CRIA_OPENMP_LIBRARY, "-lm", "-pthread", "-Wl,--gc-sections", "-Wl,-s"});
  // What the runtime itself was built with: a sanitizer, which a shared library leaves to the
  // program that it is loaded into.
  if (StringRef flags = CRIA_LINK_FLAGS; !flags.empty())
    arguments.push_back(flags);
  else if (shared)
    arguments.push_back("-Wl,--no-undefined");
  PendingFile messages(output + ".log");
  std::optional<StringRef> redirects[] = {StringRef(""), StringRef(messages.temporary()),
                                          StringRef(messages.temporary())};
  std::string problem;
  if (sys::ExecuteAndWait(compiler, arguments, std::nullopt, redirects, 0, 0, &problem))
    throw Error(output + ": linking failed: " +
                (problem.empty() ? firstLine(messages.temporary()) : problem));
}

} // namespace cria::driver

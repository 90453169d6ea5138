//===- Link.cpp - An object and the runtime to a program ------------------===//
#include "driver/Link.h"
#include "driver/Install.h"
#include "driver/Output.h"
#include "driver/RunTool.h"
#include "support/Error.h"
#include "support/FilesRead.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// What leaves a library. The descriptor and the entry points of compiled code are hidden by
/// themselves; this also keeps in what comes from libstdc++ and templates.
constexpr StringRef exports = "{ global: cria_*; local: *; };\n";

std::string findCompiler() {
  std::string found = findTool({CRIA_LINKER, "clang++-22", "clang++", "c++", "g++"});
  if (!found.empty())
    return found;
  throw Error("no C++ compiler was found to link with (clang++-22, clang++, c++ or g++); "
              "--emit=obj needs none");
}

/// One that links for other systems: clang can, with lld.
std::string findCrossCompiler() {
  for (const char *name : {CRIA_LINKER, "clang++-22", "clang++"})
    if (StringRef(name).contains("clang"))
      if (auto path = sys::findProgramByName(name))
        return *path;
  throw Error("--target: clang++-22 and lld are needed to link for another system, and are not "
              "here; --emit=obj needs none");
}

/// Such as riscv64-linux-gnu: the folder of its runtime.
std::string systemName(const Triple &triple) {
  if (!triple.isOSLinux() || !triple.isGNUEnvironment())
    throw Error("--target: there is a runtime for Linux with glibc alone, such as " +
                triple.getArchName().str() + "-linux-gnu; use --emit=obj");
  return triple.getArchName().str() + "-linux-gnu";
}

/// Where the runtime for another system is. docs/targets.md says how it comes there.
std::string foreignRuntimeFolder(const std::string &system) {
  try {
    return runtimeFolder(system);
  } catch (const Error &error) {
    throw Error("--target: there is no runtime for " + system + " (" + error.what() +
                "); name its folder with --runtime-dir, or use --emit=obj");
  }
}

/// Whether `compiler` has a linker to run. Its own message would not name it.
bool findsLinker(StringRef compiler, StringRef file) {
  if (runTool({compiler, "-print-prog-name=ld"}, file))
    return true;
  return bool(sys::findProgramByName(StringRef(readText(file)).trim()));
}

} // namespace

Linker::Linker(const Target &target, const Options &options) {
  const Triple &triple = target.machine->getTargetTriple();
  bool native = target.isHost();
  std::string folder = options.runtimeDir;
  if (folder.empty())
    folder = native ? runtimeFolder() : foreignRuntimeFolder(systemName(triple));
  compiler = native ? findCompiler() : findCrossCompiler();
  if (native)
    sanitizer = CRIA_LINK_FLAGS;
  else
    forTarget = {"--target=" + triple.str(), "-fuse-ld=lld"};
  if (!options.sysroot.empty())
    forTarget.push_back("--sysroot=" + options.sysroot);
  runtime = folder + "/libcria_rt.a";
  main = folder + "/libcria_rt_main.a";
  for (const std::string &archive : {runtime, main})
    if (!sys::fs::exists(archive))
      throw Error(archive + ": no such file; --runtime-dir is to have the runtime's archives");
  FilesRead::note(runtime);
  FilesRead::note(main);
}

void Linker::link(const std::string &object, const std::string &result, bool shared,
                  const std::string &name) const {
  TemporaryFile script(name), messages(name);
  writeFile(script, exports);
  std::string versionScript = "-Wl,--version-script=" + script.path();
  std::vector<StringRef> arguments{compiler, "-o", result, object};
  arguments.insert(arguments.end(), forTarget.begin(), forTarget.end());
  if (shared)
    arguments.insert(arguments.end(), {"-shared", "-Wl,-Bsymbolic", versionScript,
                                       "-Wl,--whole-archive", runtime, "-Wl,--no-whole-archive"});
  else
    arguments.insert(arguments.end(), {main, runtime});
  arguments.insert(arguments.end(), {"-lm", "-pthread", "-Wl,--gc-sections", "-Wl,-s"});
  // What the runtime itself was built with: a sanitizer, which a shared library leaves to the
  // program that it is loaded into. Else a program needs nothing but libc and libm.
  if (!sanitizer.empty())
    arguments.push_back(sanitizer);
  else
    arguments.insert(arguments.end(), {"-static-libstdc++", "-static-libgcc"});
  if (shared && sanitizer.empty())
    arguments.push_back("-Wl,--no-undefined");

  auto why = runTool(arguments, messages.path());
  if (!why)
    return;
  if (!findsLinker(compiler, messages.path()))
    throw Error(name + ": cannot be linked: " + compiler +
                " finds no linker (ld); install binutils or lld");
  for (size_t at; (at = why->find(result)) != why->npos;)
    why->replace(at, result.size(), name);
  throw Error(name + ": linking failed: " + *why);
}

} // namespace cria::driver

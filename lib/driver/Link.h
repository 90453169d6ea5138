//===- Link.h - An object and the runtime to a program ----------*- C++ -*-===//
#pragma once
#include "driver/Options.h"
#include "driver/Target.h"
#include <string>

namespace cria::driver {

/// A C++ compiler, which links, and the runtime's archives.
class Linker {
public:
  /// Finds those for `target`, and notes the archives as inputs. Throws cria::Error.
  Linker(const Target &target, const Options &options);

  /// Links `object` with the runtime into the file `result`: an executable with the command line
  /// of docs/run.md, or a shared library that exports the C API and nothing else. All calls
  /// inside it are bound inside it. Throws a cria::Error that begins with `name`.
  void link(const std::string &object, const std::string &result, bool shared,
            const std::string &name) const;

private:
  std::string compiler, runtime, main;
  std::string sanitizer;              ///< that the runtime was built with, as a flag; mostly empty
  std::vector<std::string> forTarget; ///< flags of the compiler that say what it links for
};

} // namespace cria::driver

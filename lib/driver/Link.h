//===- Link.h - An object and the runtime to a program ----------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::driver {

/// A C++ compiler, which links, and the runtime's archives.
class Linker {
public:
  /// Finds them, and notes the archives as inputs. Throws cria::Error.
  Linker();

  /// Links `object` with the runtime into the file `result`: an executable with the command line
  /// of docs/run.md, or a shared library that exports the C API and nothing else. All calls
  /// inside it are bound inside it. Throws a cria::Error that begins with `name`.
  void link(const std::string &object, const std::string &result, bool shared,
            const std::string &name) const;

private:
  std::string compiler, runtime, main;
};

} // namespace cria::driver

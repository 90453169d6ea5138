//===- Output.h - Files that are whole or not there -------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>

namespace cria::driver {

/// A file under a temporary name beside the one it becomes. Unless it is kept, it is
/// removed, also when a signal ends the program.
class PendingFile {
public:
  /// Throws cria::Error if nothing can be written there.
  explicit PendingFile(std::string path);
  PendingFile(const PendingFile &) = delete;
  ~PendingFile();

  /// Where to write.
  const std::string &temporary() const { return temporaryPath; }
  /// Gives the file its name, and execute permission if asked. Throws cria::Error.
  void keep(bool executable = false);

private:
  std::string path, temporaryPath;
  bool special = false; ///< a device or pipe, which must not be replaced
};

/// Refuses, before any work, a path that writeFile could not write; an empty one is none.
/// Throws cria::Error.
void checkWritable(const std::string &path);

/// Writes `text` to `path`, or to standard output if `path` is "-". Throws cria::Error.
void writeFile(const std::string &path, llvm::StringRef text);

} // namespace cria::driver

//===- Output.h - Files that are whole or not there -------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace cria::driver {

/// An empty file beside `name`, under a name of its own. It is removed in the end, also when a
/// signal ends the program.
class TemporaryFile {
public:
  /// Throws cria::Error if nothing can be written there.
  explicit TemporaryFile(const std::string &name);
  TemporaryFile(const TemporaryFile &) = delete;
  ~TemporaryFile();

  const std::string &path() const { return temporaryPath; }

private:
  friend class PendingFile;
  TemporaryFile() = default;
  void make(const std::string &name, bool elsewhere);
  void forget();
  std::string temporaryPath;
};

/// A file under a temporary name beside the one it becomes, unless it is not kept.
class PendingFile {
public:
  /// Throws cria::Error if nothing can be written there, and UsageError if it is an input.
  explicit PendingFile(std::string path);

  /// Where to write.
  const std::string &temporary() const { return file.path(); }
  /// Gives the file its name, and the permissions that the umask allows. Throws as above.
  void keep(bool executable = false);

private:
  std::string path;
  TemporaryFile file;
  bool special = false; ///< a device or pipe, which must not be replaced
};

/// A place that the command line asks to write to: "-" is standard output, "" is none.
struct OutputPath {
  const char *flag;
  std::string path;
};

/// Refuses, before any work, what could not be written, is an input (FilesRead), or is another
/// of `outputs` as well. Call it when the inputs are known. Throws cria::Error, UsageError.
void checkOutputs(llvm::ArrayRef<OutputPath> outputs);

/// Writes `text` to `path`, or to standard output if `path` is "-". Throws cria::Error.
void writeFile(const std::string &path, llvm::StringRef text);
void writeFile(const TemporaryFile &file, llvm::StringRef text);

} // namespace cria::driver

//===- ScratchFile.h - A file for the time of a check -----------*- C++ -*-===//
#pragma once
#include "support/Error.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Signals.h"
#include <string>

namespace cria::driver {

/// An empty file in the folder for temporary files. It is removed in the end, also when a signal
/// ends the program.
class ScratchFile {
public:
  /// Compilers go by the suffix. Throws cria::Error.
  explicit ScratchFile(const char *suffix) {
    if (std::error_code error = llvm::sys::fs::createTemporaryFile("criac", suffix, file))
      throw Error("no temporary file can be made: " + error.message());
    llvm::sys::RemoveFileOnSignal(file);
  }
  ScratchFile(const ScratchFile &) = delete;
  ~ScratchFile() {
    (void)llvm::sys::fs::remove(file); // a destructor cannot tell
    llvm::sys::DontRemoveFileOnSignal(file);
  }

  std::string path() const { return std::string(file); }
  /// What was written to it. Throws cria::Error.
  std::string text() const {
    auto content = llvm::MemoryBuffer::getFile(file);
    if (!content)
      throw Error(path() + ": cannot be read: " + content.getError().message());
    return (*content)->getBuffer().str();
  }

private:
  llvm::SmallString<128> file;
};

} // namespace cria::driver

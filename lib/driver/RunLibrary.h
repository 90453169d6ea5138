//===- RunLibrary.h - A compiled library, used through its C API -*- C++ -*-===//
#pragma once
#include "driver/Runnable.h"

namespace cria::driver {

/// What a process of its own does with the library.
struct LibraryTask {
  std::string library;
  std::string variant; ///< as of Runnable
  std::span<const std::int32_t> tokens;
  Road road;
  std::string rows;     ///< file for the logits, f32 [tokens][vocab]
  std::string messages; ///< file for what went wrong
  unsigned seconds = 0; ///< after which it is ended
};

/// Returns the exit code; negative if a signal ended it, as `problem` then says. Throws cria::Error
/// if there is no process.
int runLibrary(const LibraryTask &task, std::string &problem);

} // namespace cria::driver

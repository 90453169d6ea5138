//===- Process.h - Programs that are run ------------------------*- C++ -*-===//
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cria::spec {

/// A folder of its own that goes away with its owner.
class TemporaryFolder {
public:
  TemporaryFolder(); ///< throws cria::Error
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;
  std::filesystem::path operator/(const char *name) const { return path / name; }

private:
  std::filesystem::path path;
};

/// Runs `command` (found along $PATH) with its output and errors in the file `output`, for at
/// most `seconds`. The exit code, 128 + the signal that ended it, or nothing
/// if there is no such program. Throws cria::Error if no process can be made.
std::optional<int> runProgram(const std::vector<std::string> &command,
                              const std::filesystem::path &output, unsigned seconds);

} // namespace cria::spec

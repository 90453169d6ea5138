//===- Process.h - Running other programs -----------------------*- C++ -*-===//
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cria::spec {

/// A new temporary folder that is removed by the destructor.
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

/// Runs `command`, found on $PATH, for at most `seconds`, with standard output and error redirected
/// to the file `output`. Returns the exit code, 128 + the signal that ended it, or nothing if there
/// is no such program. Throws cria::Error if no process can be created.
std::optional<int> runProgram(const std::vector<std::string> &command,
                              const std::filesystem::path &output, unsigned seconds);

} // namespace cria::spec

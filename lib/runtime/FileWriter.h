//===- FileWriter.h - A file that appears when it is complete ---*- C++ -*-===//
#pragma once
#include <cstdio>
#include <memory>
#include <string>

namespace cria::rt {

/// Writes `path` under another name until it is complete: no half file is ever seen, and a failure
/// leaves what was there before. A device or a pipe is written to as it is.
class FileWriter {
public:
  /// Throws cria::Error, as all members do, if the file cannot be written.
  explicit FileWriter(std::string path);
  ~FileWriter();
  FileWriter(const FileWriter &) = delete;
  FileWriter &operator=(const FileWriter &) = delete;

  void write(const void *data, size_t bytes);
  /// Gives the file its name.
  void commit();

private:
  [[noreturn]] void failed() const;

  std::string path_, temporary_; ///< temporary_ is empty where there is none
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file_{nullptr, std::fclose};
};

} // namespace cria::rt

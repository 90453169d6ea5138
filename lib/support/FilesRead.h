//===- FilesRead.h - The files that a tool has read -------------*- C++ -*-===//
#pragma once
#include <filesystem>
#include <optional>
#include <vector>

namespace cria {

/// Keeps the paths of all input files while it lives: what a build must watch, and what no
/// output may overwrite. There is one at a time, made by the tool; whoever opens an input calls
/// `note`, so no second list can drift. Programs that make none keep nothing.
class FilesRead {
public:
  FilesRead();
  ~FilesRead();
  FilesRead(const FilesRead &) = delete;

  /// `path` is an input. A folder stands for the names in it: its time changes when a file
  /// comes or goes.
  static void note(const std::filesystem::path &path);
  /// Each path once, in the order of first use.
  static std::vector<std::filesystem::path> paths();
  /// The input that `path` is as well, under whatever name or link; nothing if there is none.
  static std::optional<std::filesystem::path> same(const std::filesystem::path &path);
  /// Throws UsageError if `path`, an output, is an input as well.
  static void refuse(const std::filesystem::path &path);
};

} // namespace cria

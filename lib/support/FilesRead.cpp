//===- FilesRead.cpp - The files that a tool has read ---------------------===//
#include "support/FilesRead.h"
#include "support/Flags.h"
#include <algorithm>
#include <mutex>

namespace cria {

namespace fs = std::filesystem;

namespace {

std::mutex guard;
bool keeping = false;
std::vector<fs::path> noted;

} // namespace

FilesRead::FilesRead() {
  std::lock_guard lock(guard);
  keeping = true;
}

FilesRead::~FilesRead() {
  std::lock_guard lock(guard);
  keeping = false;
  noted.clear();
}

void FilesRead::note(const fs::path &path) {
  std::lock_guard lock(guard);
  auto isPath = [&](const fs::path &other) { return other.native() == path.native(); };
  if (keeping && std::none_of(noted.begin(), noted.end(), isPath))
    noted.push_back(path);
}

std::vector<fs::path> FilesRead::paths() {
  std::lock_guard lock(guard);
  return noted;
}

std::optional<fs::path> FilesRead::same(const fs::path &path) {
  std::error_code ignored; // what does not exist is the same as nothing
  if (!fs::is_regular_file(path, ignored))
    return std::nullopt; // writing to a device or a pipe replaces nothing
  for (const fs::path &input : paths())
    if (fs::equivalent(input, path, ignored))
      return input;
  return std::nullopt;
}

void FilesRead::refuse(const fs::path &path) {
  if (auto input = same(path))
    throw UsageError(path.native() + ": would overwrite " + input->native() +
                     ", which is an input");
}

} // namespace cria

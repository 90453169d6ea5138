//===- FilesRead.cpp - The files that a tool has read ---------------------===//
#include "support/FilesRead.h"
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
  if (keeping && std::find(noted.begin(), noted.end(), path) == noted.end())
    noted.push_back(path);
}

std::vector<fs::path> FilesRead::paths() {
  std::lock_guard lock(guard);
  return noted;
}

std::optional<fs::path> FilesRead::same(const fs::path &path) {
  for (const fs::path &input : paths()) {
    std::error_code ignored; // what does not exist is the same as nothing
    if (fs::equivalent(input, path, ignored))
      return input;
  }
  return std::nullopt;
}

} // namespace cria

//===- ModelPath.cpp - Paths that are not a model's folder ----------------===//
#include "import/ModelPath.h"
#include "runtime/Fail.h"
#include <algorithm>
#include <cctype>
#include <filesystem>

namespace cria::import {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view hub = "https://huggingface.co/";

/// ORG/NAME, of the characters that the hub allows.
bool isHubName(std::string_view name) {
  auto allowed = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' ||
           c == '/';
  };
  size_t slash = name.find('/');
  return slash != name.npos && slash > 0 && slash + 1 < name.size() && name.front() != '.' &&
         name.find('/', slash + 1) == name.npos && std::all_of(name.begin(), name.end(), allowed);
}

std::string explainFile(const fs::path &path) {
  std::string extension = path.extension().native();
  constexpr std::string_view parts[] = {".safetensors", ".json", ".bin", ".pth", ".pt", ".model"};
  if (std::find(std::begin(parts), std::end(parts), extension) == std::end(parts))
    return {};
  fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  return fmt::format("is a file of a model; give its folder, {}", rt::printable(folder.native()));
}

} // namespace

std::string explainModelPath(const std::string &path) {
  std::error_code ignored;
  if (fs::exists(path, ignored))
    return explainFile(path);
  std::string_view name = path;
  if (name.starts_with(hub))
    name.remove_prefix(hub.size());
  else if (!isHubName(name))
    return {};
  return fmt::format("no such folder; a model of the Hugging Face Hub is downloaded first: "
                     "hf download {} --local-dir DIR, then give DIR",
                     rt::printable(name));
}

} // namespace cria::import

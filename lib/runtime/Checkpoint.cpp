//===- Checkpoint.cpp - The tensors of a model ----------------------------===//
#include "runtime/Checkpoint.h"
#include "runtime/Fail.h"
#include "runtime/FolderContent.h"
#include "runtime/Json.h"
#include "runtime/Safetensors.h"
#include "runtime/gguf/Gguf.h"
#include "runtime/gguf/GgufSplit.h"
#include <algorithm>
#include <sys/mman.h>
#include <unistd.h>

namespace cria::rt {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::string_view prefix = "model.";

/// A shard is a file beside the index: a name that leads elsewhere is an attack.
bool isPlainName(const fs::path &name) {
  return !name.empty() && name == name.filename() && name != "." && name != ".." &&
         name.native().find('\0') == std::string::npos;
}

bool present(const fs::path &path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool isFolder(const fs::path &path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool sameBytes(const Tensor &a, const Tensor &b) {
  return a.dtype == b.dtype && a.shape == b.shape && std::ranges::equal(a.bytes, b.bytes);
}

/// GGUF is known by its name or by its content.
bool holdsGguf(std::span<const std::byte> file, const fs::path &path) {
  return path.extension() == ".gguf" || isGguf(file);
}

TensorMap tensorsOf(std::span<const std::byte> file, const fs::path &path, std::string_view name) {
  return holdsGguf(file, path) ? readGguf(file, name).tensors : readSafetensors(file, name);
}

std::string_view text(const Mapping &file) { return {file.as<char>(), file.size()}; }

} // namespace

Checkpoint Checkpoint::open(const fs::path &path) {
  Checkpoint checkpoint;
  checkpoint.name_ = path.native();
  if (!isFolder(path)) {
    if (path.extension() == ".json")
      checkpoint.addIndex(path);
    else
      checkpoint.addFile(path);
  } else if (fs::path single = path / "model.safetensors"; present(single)) {
    checkpoint.map(single);
  } else if (fs::path index = path / "model.safetensors.index.json"; present(index)) {
    checkpoint.addIndex(index);
  } else {
    fail("{}: no model.safetensors and no model.safetensors.index.json{}", path.native(),
         describeFolder(path));
  }
  return checkpoint;
}

Checkpoint Checkpoint::open(std::span<const cria_blob> blobs) {
  Checkpoint checkpoint;
  for (const cria_blob &blob : blobs)
    if (std::string_view name = blob.name; name.ends_with(".index.json"))
      checkpoint.readIndex({static_cast<const char *>(blob.data), static_cast<size_t>(blob.size)},
                           name);
  for (const cria_blob &blob : blobs) {
    std::string_view name = blob.name;
    if (!name.ends_with(".safetensors") && !name.ends_with(".gguf"))
      continue;
    if (checkpoint.name_.empty())
      checkpoint.name_ = name;
    checkpoint.addShard(
        name, tensorsOf({static_cast<const std::byte *>(blob.data), static_cast<size_t>(blob.size)},
                        name, name));
  }
  return checkpoint;
}

const TensorMap::value_type *Checkpoint::locate(std::string_view name) const {
  std::string longer = std::string(prefix) + std::string(name);
  std::string_view shorter = name.starts_with(prefix) ? name.substr(prefix.size()) : "";
  const TensorMap::value_type *tensor = nullptr;
  for (std::string_view spelling : {name, std::string_view(longer), shorter})
    if (auto found = tensors_.find(spelling); found != tensors_.end()) {
      if (tensor)
        fail("{}: tensors {} and {} are both {}", name_, printable(tensor->first),
             printable(found->first), printable(name));
      tensor = &*found;
    }
  return tensor;
}

const Tensor *Checkpoint::find(std::string_view name) const {
  auto *found = locate(name);
  return found ? &found->second : nullptr;
}

const TensorMap::value_type &Checkpoint::require(std::string_view name) const {
  if (auto *found = locate(name))
    return *found;
  if (auto shard = index_.find(name); shard != index_.end())
    fail("{}: tensor {} is missing, though the index says that {} has it", name_, name,
         printable(shard->second));
  for (const auto &[other, tensor] : tensors_)
    if (other.ends_with("." + std::string(name)))
      fail("{}: tensor {} is missing; {} has a prefix that a Llama model does not have", name_,
           name, printable(other));
  fail("{}: tensor {} is missing", name_, name);
}

std::vector<std::string> Checkpoint::notes() const {
  if (superseded_.empty())
    return {};
  return {
      fmt::format("{}: tensor {}{} is in several shards with other values; that of the shard "
                  "in the index is taken, where transformers takes the last",
                  name_, printable(*superseded_.begin()),
                  superseded_.size() > 1 ? fmt::format(" (of {} such)", superseded_.size()) : "")};
}

void Checkpoint::readAhead() const {
  size_t bytes = 0;
  for (const Mapping &file : files_)
    bytes += file.size();
  auto memory =
      static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  if (bytes <= memory / 2)
    for (const Mapping &file : files_)
      madvise(file.data(), file.size(), MADV_WILLNEED); // advice only
}

void Checkpoint::map(const fs::path &path) {
  files_.push_back(Mapping::file(path));
  paths_.push_back(path);
  addShard(path.filename().native(), tensorsOf(files_.back().bytes(), path, path.native()));
}

void Checkpoint::addFile(const fs::path &path) {
  map(path);
  auto file = files_.back().bytes();
  if (!holdsGguf(file, path))
    return;
  json keys = readGguf(file, path.native()).keys;
  for (const fs::path &part : ggufContinuations(path, keys))
    map(part);
  checkGgufCount(path, keys, tensors_.size());
}

std::set<std::string> Checkpoint::readIndex(std::string_view text, std::string_view file) {
  constexpr size_t mostBytes = 64 << 20;
  if (text.size() > mostBytes)
    fail("{}: {} bytes are too many for an index", file, text.size());
  json index = parseJson(text, file, 8, JsonRules::python);
  auto map = index.find("weight_map");
  if (map == index.end() || !map->is_object())
    fail("{}: weight_map is missing or not an object", file);

  std::set<std::string> shards;
  for (const auto &[tensor, shard] : map->items()) {
    if (!shard.is_string() || !isPlainName(shard.get_ref<const std::string &>()))
      fail("{}: weight_map: {}: {} is not the name of a file beside the index", file,
           printable(tensor), printable(shard.dump()));
    shards.insert(shard.get<std::string>());
    index_[tensor] = shard.get<std::string>();
  }
  return shards;
}

void Checkpoint::addIndex(const fs::path &path) {
  Mapping file = Mapping::file(path);
  paths_.push_back(path);
  for (const std::string &shard : readIndex(text(file), path.native())) {
    fs::path at = path.parent_path() / shard;
    if (!present(at))
      fail("{}: weight_map: shard {} is missing", path.native(), printable(shard));
    map(at);
  }
}

void Checkpoint::addShard(std::string_view file, TensorMap tensors) {
  for (auto &[name, tensor] : tensors) {
    auto [at, fresh] = tensors_.emplace(name, tensor);
    std::string &from = found_[name];
    if (fresh) {
      from = file;
      continue;
    }
    auto named = index_.find(name);
    if (named == index_.end() && index_.empty())
      fail("{}: tensor {} is in {} too", file, printable(name), printable(from));
    if (named != index_.end() && named->second == from) {
      if (!sameBytes(at->second, tensor))
        superseded_.insert(name);
      continue;
    }
    at->second = std::move(tensor);
    from = file;
  }
}

} // namespace cria::rt

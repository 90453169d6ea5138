#include "runtime/Checkpoint.h"
#include "runtime/Fail.h"
#include "runtime/Json.h"
#include <set>

namespace cria::rt {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

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
    checkpoint.addFile(single);
  } else if (fs::path index = path / "model.safetensors.index.json"; present(index)) {
    checkpoint.addIndex(index);
  } else {
    fail("{}: no model.safetensors and no model.safetensors.index.json", path.native());
  }
  return checkpoint;
}

Checkpoint Checkpoint::open(std::span<const cria_blob> blobs) {
  Checkpoint checkpoint;
  for (const cria_blob &blob : blobs) {
    std::string_view name = blob.name;
    if (!name.ends_with(".safetensors"))
      continue;
    if (checkpoint.name_.empty())
      checkpoint.name_ = name;
    auto *data = static_cast<const std::byte *>(blob.data);
    checkpoint.add(readSafetensors({data, static_cast<size_t>(blob.size)}, name), name);
  }
  return checkpoint;
}

const Tensor *Checkpoint::find(std::string_view tensor) const {
  auto found = tensors_.find(tensor);
  return found == tensors_.end() ? nullptr : &found->second;
}

void Checkpoint::addFile(const fs::path &path) {
  files_.push_back(Mapping::file(path));
  paths_.push_back(path);
  add(readSafetensors(files_.back().bytes(), path.native()), path.native());
}

void Checkpoint::addIndex(const fs::path &path) {
  Mapping file = Mapping::file(path);
  constexpr size_t mostBytes = 64 << 20;
  if (file.size() > mostBytes)
    fail("{}: {} bytes are too many for an index", path.native(), file.size());
  json index = parseJson({file.as<char>(), file.size()}, path.native(), 8);
  auto map = index.find("weight_map");
  if (map == index.end() || !map->is_object())
    fail("{}: weight_map is missing or not an object", path.native());

  std::set<std::string> shards;
  for (const auto &[tensor, shard] : map->items()) {
    if (!shard.is_string() || !isPlainName(shard.get_ref<const std::string &>()))
      fail("{}: weight_map: {}: {} is not the name of a file beside the index", path.native(),
           printable(tensor), printable(shard.dump()));
    shards.insert(shard.get<std::string>());
  }
  for (const std::string &shard : shards) {
    fs::path at = path.parent_path() / shard;
    if (!present(at))
      fail("{}: weight_map: shard {} is missing", path.native(), printable(shard));
    addFile(at);
  }
  for (const auto &[tensor, shard] : map->items())
    if (!find(tensor))
      fail("{}: weight_map: {} has no tensor {}", path.native(),
           printable(shard.get_ref<const std::string &>()), printable(tensor));
}

void Checkpoint::add(TensorMap tensors, std::string_view file) {
  for (auto &[name, tensor] : tensors)
    if (!tensors_.emplace(name, std::move(tensor)).second)
      fail("{}: tensor {} is in another file too", file, printable(name));
}

} // namespace cria::rt

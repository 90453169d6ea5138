//===- FolderContent.cpp - What a folder holds in place of a model --------===//
#include "runtime/FolderContent.h"
#include "runtime/Fail.h"
#include <algorithm>
#include <fstream>
#include <vector>

namespace cria::rt {

namespace fs = std::filesystem;

namespace {

struct Listing {
  std::vector<std::string> files, folders, broken; ///< names, sorted; links to nothing
};

/// More entries than any model has are not looked at.
constexpr size_t mostEntries = 10'000;

Listing list(const fs::path &folder) {
  std::error_code error;
  Listing listing;
  fs::directory_iterator end;
  for (fs::directory_iterator entry(folder, error); !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    std::string name = entry->path().filename().native();
    bool there = entry->exists(ignored);
    auto &names = !there                         ? listing.broken
                  : entry->is_directory(ignored) ? listing.folders
                                                 : listing.files;
    names.push_back(std::move(name));
    if (listing.files.size() + listing.folders.size() > mostEntries)
      break;
  }
  if (error)
    fail("{}: {}", folder.native(), error.message());
  for (auto *names : {&listing.files, &listing.folders, &listing.broken})
    std::sort(names->begin(), names->end());
  return listing;
}

/// The first of `names` that begins and ends so; empty if there is none.
std::string_view first(const std::vector<std::string> &names, std::string_view begins,
                       std::string_view ends) {
  for (const std::string &name : names)
    if (name.starts_with(begins) && name.ends_with(ends))
      return name;
  return {};
}

/// What the files are, by the name of one of them.
struct Kind {
  std::string_view begins, ends, clause;
};

constexpr std::string_view toSafetensors =
    "; convert it to safetensors: load it with transformers and save_pretrained it";

constexpr std::string_view meta =
    "Meta's original format; convert it with scripts/convert-meta of Cria's sources, or get the "
    "model's Hugging Face files";

// The order counts: an adapter's folder may hold a tokenizer, Meta's folder consolidated files.
constexpr Kind kinds[] = {
    {"adapter_config", ".json", "an adapter (LoRA), not a model; merge it into its base model"},
    {"adapter_model", "", "an adapter (LoRA), not a model; merge it into its base model"},
    {"consolidated", ".pth", meta},
    {"consolidated", ".safetensors",
     "Mistral's original format; get the model's Hugging Face files"},
    {"params", ".json", meta},
    {"pytorch_model", ".bin", "a PyTorch checkpoint"},
    {"pytorch_model", ".bin.index.json", "a PyTorch checkpoint"},
    {"tf_model", ".h5", "a TensorFlow checkpoint"},
    {"flax_model", ".msgpack", "a Flax checkpoint"},
    {"", ".gguf", "GGUF; give the file itself"},
    {"", ".onnx", "ONNX, which criac does not read; get the model's safetensors files"},
    {"weights", ".npz", "MLX weights; get the model's safetensors files"},
};

std::string describeFiles(const std::vector<std::string> &files) {
  for (const auto &[begins, ends, clause] : kinds)
    if (auto name = first(files, begins, ends); !name.empty())
      return fmt::format("; {} is {}{}", printable(name), clause,
                         clause.ends_with("checkpoint") ? toSafetensors : "");
  if (auto shard = first(files, "model-", ".safetensors"); !shard.empty())
    return fmt::format("; there are shards such as {}, but not their index", printable(shard));
  if (auto variant = first(files, "", ".safetensors"); !variant.empty())
    return fmt::format("; there is {}: rename it to model.safetensors if it is the model",
                       printable(variant));
  return {};
}

/// A folder of the hub's cache, models--ORG--NAME: its snapshots are the models.
std::string describeCache(const fs::path &folder, const std::vector<std::string> &folders) {
  if (!std::binary_search(folders.begin(), folders.end(), "snapshots"))
    return {};
  std::string commit;
  std::ifstream(folder / "refs" / "main") >> commit;
  std::error_code ignored;
  fs::path snapshot = folder / "snapshots" / commit;
  if (commit.empty() || !fs::exists(snapshot, ignored)) {
    std::vector<std::string> commits = list(folder / "snapshots").folders;
    if (commits.empty())
      return "; it is the root of a hub cache without a snapshot; download the model anew";
    snapshot = folder / "snapshots" / commits.front();
  }
  return fmt::format("; it is the root of a hub cache; give {}", printable(snapshot.native()));
}

std::string describeSubfolders(const fs::path &folder, const std::vector<std::string> &folders) {
  std::error_code ignored;
  std::vector<std::string> models;
  for (const std::string &name : folders)
    if (fs::exists(folder / name / "config.json", ignored) ||
        fs::exists(folder / name / "snapshots", ignored))
      models.push_back(printable(name));
  constexpr size_t most = 5;
  if (models.empty())
    return {};
  size_t more = models.size() - std::min(models.size(), most);
  models.resize(models.size() - more);
  return fmt::format("; it has folders with models, give one of them: {}{}",
                     fmt::join(models, ", "), more ? fmt::format(" and {} more", more) : "");
}

} // namespace

std::string describeFolder(const fs::path &folder) {
  Listing listing = list(folder);
  if (!listing.broken.empty())
    return fmt::format("; {} is a link to a file that does not exist; download the model anew",
                       printable(listing.broken.front()));
  if (listing.files.empty() && listing.folders.empty())
    return "; the folder is empty";
  for (std::string text : {describeFiles(listing.files), describeCache(folder, listing.folders),
                           describeSubfolders(folder, listing.folders)})
    if (!text.empty())
      return text;
  return {};
}

} // namespace cria::rt

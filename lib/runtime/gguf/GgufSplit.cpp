//===- GgufSplit.cpp - Models in several GGUF files -----------------------===//
#include "runtime/gguf/GgufSplit.h"
#include "runtime/Fail.h"

namespace cria::rt {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char *countKey = "split.count", *numberKey = "split.no",
                     *tensorsKey = "split.tensors.count";
constexpr uint64_t mostParts = 99999; // five digits

uint64_t integer(const fs::path &path, const json &keys, const char *key, uint64_t otherwise,
                 uint64_t most) {
  auto found = keys.find(key);
  if (found == keys.end())
    return otherwise;
  if (!found->is_number_integer() || *found < 0 || *found > most)
    fail("{}: {}: {} is not an integer up to {}", path.native(), key,
         printable(found->dump(-1, ' ', false, json::error_handler_t::replace)), most);
  return found->get<uint64_t>();
}

std::string ending(uint64_t number, uint64_t count) {
  return fmt::format("-{:05}-of-{:05}.gguf", number, count);
}

} // namespace

std::vector<fs::path> ggufContinuations(const fs::path &path, const json &keys) {
  uint64_t count = integer(path, keys, countKey, 1, mostParts);
  if (count <= 1)
    return {};
  uint64_t number = integer(path, keys, numberKey, 0, mostParts);
  std::string name = path.filename().native(), own = ending(number + 1, count);
  if (!name.ends_with(own))
    fail("{}: {}: it is part {} of {}, so its name must end in {}", path.native(), countKey,
         number + 1, count, own);
  std::string begin = name.substr(0, name.size() - own.size());
  fs::path first = path.parent_path() / (begin + ending(1, count));
  if (number != 0)
    fail("{}: {}: it is part {} of {}; give the first, {}", path.native(), numberKey, number + 1,
         count, first.native());
  std::vector<fs::path> parts;
  for (uint64_t i = 2; i <= count; ++i) {
    fs::path part = path.parent_path() / (begin + ending(i, count));
    std::error_code ignored;
    if (!fs::exists(part, ignored))
      fail("{}: {}: part {} is missing", path.native(), countKey,
           printable(part.filename().native()));
    parts.push_back(std::move(part));
  }
  return parts;
}

void checkGgufCount(const fs::path &path, const json &keys, size_t tensors) {
  uint64_t wanted = integer(path, keys, tensorsKey, tensors, INT64_MAX);
  if (wanted != tensors)
    fail("{}: {}: {} is not the {} of its parts", path.native(), tensorsKey, wanted, tensors);
}

} // namespace cria::rt

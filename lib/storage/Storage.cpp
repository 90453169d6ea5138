//===- Storage.cpp - The table of storages --------------------------------===//
#include "storage/Storage.h"
#include <algorithm>

namespace cria::storage {
namespace {

constexpr Storage table[] = {
#define CRIA_STORAGE(NAME, word, id, safetensors, gguf, elements, bytes)                           \
  {#NAME, #word, id, safetensors, gguf, elements, bytes, word##Codec},
    CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
};

template <class Key>
const Storage *find(Key Storage::*field, Key key) {
  auto found = std::ranges::find(table, key, field);
  return found == std::end(table) ? nullptr : found;
}

} // namespace

std::span<const Storage> storages() { return table; }

const Storage &storageOf(std::int64_t id) { return table[id]; }

const Storage *findGguf(std::int64_t type) { return find(&Storage::gguf, type); }

const Storage *findSafetensors(std::string_view name) {
  return name.empty() ? nullptr : find(&Storage::safetensors, name);
}

} // namespace cria::storage

//===- StorageWords.h - Storages on command lines ---------------*- C++ -*-===//
#pragma once
#include "cria/spec/dtype.hpp"
#include <string_view>
#include <utility>

namespace cria::driver {

#define CRIA_STORAGE(NAME, word, ...) {#word, spec::DType::word},
constexpr std::pair<std::string_view, spec::DType> weightStorages[] = {CRIA_STORAGES(CRIA_STORAGE)};
constexpr std::pair<std::string_view, spec::DType> cacheStorages[] = {
    CRIA_CACHE_STORAGES(CRIA_STORAGE)};
#undef CRIA_STORAGE

/// Whether products may round their operands.
constexpr std::pair<std::string_view, const char *> productWords[] = {{"exact", "exact"},
                                                                      {"fast", "fast"}};

} // namespace cria::driver

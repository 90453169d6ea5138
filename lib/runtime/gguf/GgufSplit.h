//===- GgufSplit.h - Models in several GGUF files ---------------*- C++ -*-===//
#pragma once
#include "runtime/Json.h"
#include <filesystem>
#include <vector>

namespace cria::rt {

/// The files that continue `path`, whose keys are `keys`: NAME-00002-of-00003.gguf and so on where
/// it is NAME-00001-of-00003.gguf. Empty for a model in one file. Throws a cria::Error for a
/// file that is not the first one, or one that does not exist.
std::vector<std::filesystem::path> ggufContinuations(const std::filesystem::path &path,
                                                     const nlohmann::json &keys);

/// Throws a cria::Error unless the parts have as many tensors together as `keys` of the first say.
void checkGgufCount(const std::filesystem::path &path, const nlohmann::json &keys, size_t tensors);

} // namespace cria::rt

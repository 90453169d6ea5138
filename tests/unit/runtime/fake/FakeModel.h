//===- FakeModel.h - A model whose answers can be worked out ----*- C++ -*-===//
//
// Stands in for compiled code. After token t its likeliest next token is t + 1 (mod vocab).
// The other logits depend on every token in the cache, and a cache row that is not where it
// belongs makes them NaN, so a session that feeds tokens wrongly is seen.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/runtime/abi.h"
#include <filesystem>
#include <string>
#include <vector>

namespace fake {

inline constexpr int64_t vocab = 272, context = 62, chunk = 4, hiddenWidth = 4;

/// The logits after `tokens`.
std::vector<float> expectedLogits(const std::vector<int32_t> &tokens);

/// A copy of the descriptor that a test may change.
cria_model descriptor();

/// Writes the model's only weight, by which all logits are scaled.
void writeWeights(const std::filesystem::path &file, float scale = 1);

/// A safetensors file of `header` and `data`.
std::string safetensors(const std::string &header, const std::string &data);
void writeFile(const std::filesystem::path &file, const std::string &bytes);

} // namespace fake

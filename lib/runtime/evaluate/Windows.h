//===- Windows.h - A text cut as llama.cpp cuts it --------------*- C++ -*-===//
#pragma once
#include "runtime/Session.h"
#include <optional>
#include <vector>

namespace cria::rt {

/// Windows of `size` tokens, 3 or more, one after another; what is left over is not read. Tokens
/// are predicted in the second half of a window only, so that each has some text before it.
struct Windows {
  std::vector<int32_t> tokens; ///< of whole windows
  int64_t size = 0;
  std::optional<int32_t> first; ///< read in place of the first token of each window

  int64_t count() const { return std::ssize(tokens) / size; }
  /// How many tokens are predicted in each: those after the first `size / 2 + 1`.
  int64_t predicted() const { return size - 1 - size / 2; }
};

/// Windows of `size` tokens, or one of all if they are fewer, for the model's tokenizer. Throws
/// cria::Error if a window predicts nothing.
Windows cutText(const Model &model, std::vector<int32_t> tokens, int64_t size);

/// The token that the model's tokenizer puts before a text, if there is one.
std::optional<int32_t> firstOfText(const Model &model);

/// Sees the logits at a place, and the token that follows there.
using SeePrediction = std::function<void(std::span<const float> logits, int32_t next)>;
/// Sees how many windows are done.
using SeeProgress = std::function<void(int64_t done)>;

/// Reads each window in an empty session. Throws cria::Error.
void predict(Session &session, const Windows &windows, const SeePrediction &see,
             const SeeProgress &progress, const Session::Pause &pause);

} // namespace cria::rt

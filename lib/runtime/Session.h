//===- Session.h - One sequence of tokens -----------------------*- C++ -*-===//
#pragma once
#include "runtime/Mapping.h"
#include "runtime/Model.h"
#include <functional>
#include <memory>

namespace cria::rt {

/// A KV cache, scratch memory and the logits after the last token. Sessions share nothing
/// that is written, so each may run on a thread of its own. Appending allocates nothing.
class Session {
public:
  explicit Session(std::shared_ptr<const Model> model);

  /// Sees logits [vocab] after the token at `position`.
  using Visitor = std::function<void(int64_t position, std::span<const float> logits)>;

  /// Appends `tokens`, a chunk at a time; if there is a `visit`, it sees the logits after each.
  /// Throws cria::Error, before anything is changed if a token is not in the vocabulary or
  /// the context has no room for all.
  void prefill(std::span<const int32_t> tokens, const Visitor &visit = {});
  /// Appends one token.
  void decode(int32_t token) { prefill({&token, 1}); }
  /// Forgets the tokens from `position` on, 0 <= position <= position(). The logits are those of a
  /// forgotten token then, until another is appended.
  void truncate(int64_t position) { position_ = position; }
  void reset() { truncate(0); }

  const Model &model() const { return *model_; }
  /// Number of tokens in the cache.
  int64_t position() const { return position_; }
  /// How many more tokens the session can take.
  int64_t room() const { return compiled_.max_seq - position_; }
  /// Logits [vocab] after the last token; empty if there is none.
  std::span<const float> logits() const;

private:
  void step(int32_t token);
  void chunk(std::span<const int32_t> tokens, bool last, const Visitor &visit);
  void checkLogits(int64_t position) const;

  std::shared_ptr<const Model> model_;
  const cria_model &compiled_;
  Mapping keys_, values_, workspace_, hidden_, logits_;
  std::vector<int32_t> padded_; ///< a chunk of tokens
  int64_t position_ = 0;
};

} // namespace cria::rt

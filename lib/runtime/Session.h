//===- Session.h - One sequence of tokens -----------------------*- C++ -*-===//
#pragma once
#include "runtime/CacheRows.h"
#include "runtime/KernelProfile.h"
#include "runtime/Mapping.h"
#include "runtime/Model.h"
#include <functional>
#include <memory>

namespace cria::rt {

/// A KV cache, scratch memory and the logits after the last token. Sessions share nothing
/// that is written, so each may run on a thread of its own. Appending allocates nothing, unless
/// the number of threads has changed.
class Session {
public:
  /// `context`: the most tokens it takes, at most the model's; 0: the model's.
  explicit Session(std::shared_ptr<const Model> model, int64_t context = 0);

  /// Sees floats after the token at `position`: its logits [vocab] or its state [hidden].
  using Visitor = std::function<void(int64_t position, std::span<const float> values)>;
  /// Called between two chunks; what it throws ends the call, and the session keeps the chunks
  /// that are done.
  using Pause = std::function<void()>;

  /// Appends `tokens`, a chunk at a time; if there is a `visit`, it sees the logits after each.
  /// Throws cria::Error, before anything is changed if a token is not in the vocabulary or
  /// the context has no room for all.
  void prefill(std::span<const int32_t> tokens, const Visitor &visit = {}, const Pause &pause = {});
  /// The same; `visit` sees the final norm of each token's hidden state, which transformers calls
  /// last_hidden_state.
  void prefillStates(std::span<const int32_t> tokens, const Visitor &visit,
                     const Pause &pause = {});
  /// Appends one token.
  void decode(int32_t token) { prefill({&token, 1}); }
  /// Forgets the tokens from `position` on, 0 <= position <= position(). There are no logits then
  /// until a token is appended, unless nothing is forgotten.
  void truncate(int64_t position);
  void reset() { truncate(0); }

  /// From now on, notes every call of compiled code in `profile`; null ends it. A GPU is given the
  /// kernels of a decode step one by one meanwhile.
  void profile(KernelProfile *profile);

  const Model &model() const { return *model_; }
  /// The most tokens that the session takes.
  int64_t context() const { return context_; }
  /// Number of tokens in the cache.
  int64_t position() const { return position_; }
  /// The tokens in the cache.
  std::span<const int32_t> tokens() const;
  /// How many more tokens the session can take.
  int64_t room() const { return context_ - position_; }
  /// Logits [vocab] after the last token; empty if there are none. Fetches them from a GPU when
  /// they are first asked for.
  std::span<const float> logits() const;
  /// Whether there are logits.
  bool hasLogits() const { return hasLogits_; }
  /// The token of the largest logit, the first of equal ones, if there are logits.
  int32_t likeliest() const { return *likeliest_.host<int32_t>(); }

  /// The rows of the first `count` tokens, at most context().
  CacheRows cacheRows(int64_t count) const;
  /// Says that the cache holds `tokens`, after their rows were written. `logits` may be empty.
  void restore(std::span<const int32_t> tokens, std::span<const float> logits);

private:
  struct Watch {
    const Visitor &logits, &states;
    const Pause &pause;
  };
  void append(std::span<const int32_t> tokens, const Watch &watch);
  void check(std::span<const int32_t> tokens) const;
  Team &team();
  /// What the code reads of the host: the position, then the tokens of a call.
  struct Input {
    int64_t position;

    int32_t *tokens() { return reinterpret_cast<int32_t *>(this + 1); }
    static size_t bytesFor(int64_t count) {
      return sizeof(Input) + static_cast<size_t>(count) * sizeof(int32_t);
    }
  };
  void enter(std::span<const int32_t> tokens);
  int64_t positionArgument() const;
  template <typename Body>
  void run(const char *entry, int64_t context, int64_t tokens, const Body &body);
  void step(int32_t token, const Watch &watch);
  void chunk(std::span<const int32_t> tokens, bool last, const Watch &watch);
  void head(int64_t position, int64_t row);
  void noteLogits(int64_t position);

  std::shared_ptr<const Model> model_;
  const cria_model &compiled_;
  const cria_code &code_;
  Device &device_;
  std::unique_ptr<Team>
      team_; ///< null on a GPU; else as large as the thread that called last asked for
  KernelProfile *profile_ = nullptr;
  std::unique_ptr<LaunchClock> clock_; ///< of a GPU, while there is a profile
  int64_t context_;
  std::unique_ptr<Memory> keys_, values_, workspace_, hidden_;
  std::unique_ptr<Memory> scratch_; ///< of a GPU; null if a team has its own
  Mirror input_;                    ///< an Input
  std::unique_ptr<Recording> step_; ///< a decode step of a GPU, once there was one
  Mirror state_, logits_, likeliest_;
  Mapping tokens_; ///< those in the cache
  int64_t position_ = 0;
  bool hasLogits_ = false;
  mutable bool fetched_ = false; ///< whether the host has the logits
};

} // namespace cria::rt

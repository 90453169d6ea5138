//===- Generator.h - Continues a prompt -------------------------*- C++ -*-===//
#pragma once
#include "runtime/Sampler.h"
#include "runtime/Session.h"
#include "runtime/cli/Options.h"
#include "runtime/cli/Stats.h"

namespace cria::rt {

/// The user interrupted the work.
struct Interrupted {};
/// Throws Interrupted if the user asked for an end.
void throwIfInterrupted();

/// The tokens of one sequence: prompts go in, answers come out, turn by turn.
class Generator {
public:
  Generator(Session &session, const Options &options, Stats &stats);

  enum class End {
    text,       ///< the model ended the text, or a stop string came
    limit,      ///< --max-tokens
    context,    ///< the session can take no more tokens
    interrupted ///< the user asked for an end
  };

  /// How many tokens the next prompt may have.
  int64_t room() const { return session_.room() - unread_.has_value(); }

  /// Forgets all but the first `count` tokens.
  void keep(int64_t count);
  /// Appends `prompt`, of which the session holds the first `known` tokens; `visit` sees the logits
  /// after each of the others. Throws cria::Error, for one if the prompt is empty or has no room,
  /// and Interrupted; nothing is changed then.
  void read(std::span<const int32_t> prompt, const Session::Visitor &visit = {}, size_t known = 0);
  /// Generates up to --max-tokens tokens and hands each to `put`, which says whether to go on.
  /// `end` ends the text, as the model's own end-of-text tokens do.
  End write(const std::function<bool(int32_t token)> &put, std::optional<int32_t> end = {});

private:
  void checkRoom(std::span<const int32_t> prompt) const;
  int64_t limit() const;

  Session &session_;
  const Options &options_;
  Stats &stats_;
  Sampler sampler_;
  std::optional<int32_t> unread_; ///< generated last, and not yet in the session
};

} // namespace cria::rt

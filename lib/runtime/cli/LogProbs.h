//===- LogProbs.h - What --logprobs prints ----------------------*- C++ -*-===//
#pragma once
#include "runtime/Session.h"

namespace cria::rt {

/// Appends `tokens` to an empty session and prints one JSON object per token and line:
///   {"position":1,"token":9906,"text":"Hello","logprob":-1.25,"top":[…]}
/// The log-probability, in nats, is that of the token after those before it: null for the first.
/// "top" has the `alternatives` likeliest tokens at this place. Without a tokenizer there is no
/// "text". Throws cria::Error.
void printLogProbs(Session &session, std::span<const int32_t> tokens, int64_t alternatives,
                   const Session::Pause &pause);

} // namespace cria::rt

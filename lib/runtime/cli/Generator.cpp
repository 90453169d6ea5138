//===- Generator.cpp - Continues a prompt ---------------------------------===//
#include "runtime/cli/Generator.h"
#include "runtime/Fail.h"
#include "support/Interrupt.h"
#include <algorithm>

namespace cria::rt {

Generator::Generator(Session &session, const Options &options, Stats &stats)
    : session_(session), options_(options), stats_(stats),
      sampler_(options.sampler, session.model().compiled().vocab) {}

void throwIfInterrupted() {
  if (Interrupt::isAsked())
    throw Interrupted();
}

void Generator::read(std::span<const int32_t> prompt, const Session::Visitor &visit, size_t known) {
  auto rest = prompt.subspan(known);
  checkRoom(rest);
  Stopwatch watch;
  int64_t before = session_.position();
  try {
    if (unread_)
      session_.decode(*unread_);
    size_t inChunks = rest.size();
    if (options_.decodeFrom)
      inChunks = std::min(inChunks, static_cast<size_t>(*options_.decodeFrom));
    session_.prefill(rest.first(inChunks), visit, throwIfInterrupted);
    for (const int32_t &token : rest.subspan(inChunks))
      session_.prefill({&token, 1}, visit, throwIfInterrupted);
  } catch (const Interrupted &) {
    session_.truncate(before);
    throw;
  }
  unread_.reset();
  stats_.prefillSeconds += watch.seconds();
  stats_.prefillTokens += std::ssize(rest);
  sampler_.prompt(prompt);
}

void Generator::checkRoom(std::span<const int32_t> prompt) const {
  int64_t count = std::ssize(prompt), all = session_.position() + unread_.has_value() + count;
  if (all == 0)
    fail("the prompt has no tokens");
  if (count > room())
    fail("the prompt of {} tokens is longer than the {} tokens of room in the context of {}", count,
         room(), session_.context());
  if (options_.maxLength && all >= options_.maxLength)
    fail("{} tokens with the prompt leave nothing of the max_length {} of the model's defaults; "
         "--max-tokens overrides it",
         all, options_.maxLength);
}

/// The most tokens of the next answer.
int64_t Generator::limit() const {
  if (!options_.maxLength)
    return options_.maxTokens;
  return std::min(options_.maxTokens, options_.maxLength - session_.position());
}

void Generator::keep(int64_t count) {
  if (count > session_.position())
    return; // the token that is not read yet stays, too
  session_.truncate(count);
  unread_.reset();
}

Generator::End Generator::write(const std::function<bool(int32_t)> &put,
                                std::optional<int32_t> end) {
  const Model &model = session_.model();
  for (int64_t count = 0, most = limit(); count < most; ++count) {
    if (Interrupt::isAsked())
      return End::interrupted;
    Stopwatch watch;
    if (unread_) {
      if (session_.room() == 0)
        return End::context;
      stats_.positions += session_.position();
      ++stats_.decodeTokens;
      session_.decode(*unread_);
      unread_.reset();
    }
    int32_t token = sampler_.sample(session_);
    stats_.decodeSeconds += watch.seconds();
    if (!options_.ignoreEos && (model.isEos(token) || token == end))
      return End::text;
    sampler_.accept(token);
    unread_ = token;
    if (!put(token))
      return End::text;
  }
  return End::limit;
}

} // namespace cria::rt

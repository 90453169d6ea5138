#include "runtime/cli/Generator.h"
#include "runtime/Fail.h"

namespace cria::rt {

Generator::Generator(Session &session, const Options &options, Stats &stats)
    : session_(session), options_(options), stats_(stats),
      sampler_(options.sampler, session.model().compiled().vocab) {}

void Generator::read(std::span<const int32_t> prompt, const Session::Visitor &visit) {
  if (prompt.empty())
    fail("the prompt has no tokens");
  auto count = static_cast<int64_t>(prompt.size());
  if (count > room())
    fail("the prompt of {} tokens is longer than the {} tokens of room in the context of {}", count,
         room(), session_.model().compiled().max_seq);
  Stopwatch watch;
  if (unread_)
    session_.decode(*unread_);
  unread_.reset();
  session_.prefill(prompt, visit);
  stats_.prefillSeconds += watch.seconds();
  stats_.prefillTokens += count;
  for (int32_t token : prompt)
    sampler_.accept(token);
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
  for (int64_t count = 0; count < options_.maxTokens; ++count) {
    Stopwatch watch;
    if (unread_) {
      if (session_.room() == 0)
        return End::context;
      stats_.positions += session_.position();
      ++stats_.decodeTokens;
      session_.decode(*unread_);
      unread_.reset();
    }
    int32_t token = sampler_.sample(session_.logits());
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

//===- Session.cpp - One sequence of tokens -------------------------------===//
#include "runtime/Session.h"
#include "runtime/Status.h"
#include "runtime/Stopwatch.h"
#include "runtime/Threads.h"
#include "storage/Storage.h"
#include <algorithm>
#include <bit>
#include <utility>

namespace cria::rt {
namespace {

size_t rowBytes(const cria_model &model) {
  return static_cast<size_t>(storage::storageOf(model.kv_dtype).bytesOf(model.head_dim));
}

std::unique_ptr<Memory> cache(Device &device, const cria_model &model) {
  auto rows = static_cast<size_t>(model.layers * model.kv_heads * model.max_seq);
  return device.allocate(rows * rowBytes(model), "KV cache");
}

size_t floats(int64_t count) { return static_cast<size_t>(count) * sizeof(float); }

std::unique_ptr<Team> makeTeam(const Device &device, const cria_code &code) {
  if (!device.isHost())
    return nullptr;
  return std::make_unique<Team>(threadCount(code), static_cast<size_t>(code.scratch_bytes));
}

} // namespace

Session::Session(std::shared_ptr<const Model> model, int64_t context)
    : model_(std::move(model)), compiled_(model_->compiled()), code_(model_->code()),
      device_(model_->device()), team_(makeTeam(device_, code_)),
      context_(context ? context : compiled_.max_seq), keys_(cache(device_, compiled_)),
      values_(cache(device_, compiled_)),
      workspace_(device_.allocate(static_cast<size_t>(code_.workspace_bytes), "workspace")),
      hidden_(device_.allocate(floats(compiled_.chunk * compiled_.hidden), "hidden states")),
      scratch_(team_ ? nullptr
                     : device_.allocate(static_cast<size_t>(code_.scratch_bytes), "scratch")),
      input_(device_, Input::bytesFor(compiled_.chunk), "tokens of a call"),
      state_(device_, floats(compiled_.hidden), "hidden state"),
      logits_(device_, floats(compiled_.vocab), "logits"),
      likeliest_(device_, sizeof(int32_t), "likeliest token"),
      tokens_(Mapping::zeros(static_cast<size_t>(compiled_.max_seq) * sizeof(int32_t), "tokens")) {}

void Session::prefill(std::span<const int32_t> tokens, const Visitor &visit, const Pause &pause) {
  append(tokens, {visit, {}, pause});
}

void Session::prefillStates(std::span<const int32_t> tokens, const Visitor &visit,
                            const Pause &pause) {
  append(tokens, {{}, visit, pause});
}

void Session::append(std::span<const int32_t> tokens, const Watch &watch) {
  check(tokens);
  while (!tokens.empty()) {
    size_t now = std::min(tokens.size(), static_cast<size_t>(compiled_.chunk));
    if (tokens.size() == 1 && !watch.states)
      step(tokens[0], watch);
    else
      chunk(tokens.first(now), now == tokens.size(), watch);
    tokens = tokens.subspan(now);
    if (watch.pause && !tokens.empty())
      watch.pause();
  }
}

void Session::check(std::span<const int32_t> tokens) const {
  for (int32_t token : tokens)
    if (token < 0 || token >= compiled_.vocab)
      failWith(CRIA_ERROR_TOKEN, "token {} is not in the vocabulary of {} tokens", token,
               compiled_.vocab);
  auto count = static_cast<int64_t>(tokens.size());
  if (count > room())
    failWith(CRIA_ERROR_CONTEXT_FULL, "{} tokens after the {} before them pass the context of {}",
             count, position_, context_);
}

void Session::profile(KernelProfile *profile) {
  profile_ = profile;
  clock_ = profile ? device_.clock() : nullptr;
}

Team &Session::team() {
  if (team_->size() != threadCount(code_))
    team_ = makeTeam(device_, code_);
  return *team_;
}

void Session::enter(std::span<const int32_t> tokens) {
  auto *input = input_.host<Input>();
  input->position = position_;
  std::ranges::copy(tokens, input->tokens());
}

/// The position as the code takes it: a GPU's reads it when it runs.
int64_t Session::positionArgument() const {
  return code_.block_threads ? std::bit_cast<int64_t>(&input_.device<Input>()->position)
                             : position_;
}

/// Calls an entry point with `tokens` tokens after `context` others.
template <typename Body>
void Session::run(const char *entry, int64_t context, int64_t tokens, const Body &body) {
  Stopwatch watch;
  if (!team_) {
    Worker worker{.device = &device_, .clock = clock_.get()};
    if (clock_)
      clock_->begin();
    body(worker, scratch_->data());
    device_.wait();
  } else {
    Team &threads = team();
    threads.profile(profile_ ? profile_->times() : std::span<KernelTime>());
    watch = {};
    threads.run(body);
  }
  if (!profile_)
    return;
  profile_->addCall(entry, context, tokens, watch.seconds());
  if (clock_)
    clock_->book(profile_->times());
}

void Session::step(int32_t token, const Watch &watch) {
  hasLogits_ = false;
  enter({&token, 1});
  run("decode", position_, 1, [&](Worker &worker, void *scratch) {
    auto decode = [&] {
      input_.copyIn(Input::bytesFor(1));
      code_.decode(&worker, model_->weightTable(), input_.device<Input>()->tokens(),
                   positionArgument(), keys_->data(), values_->data(), logits_.device<float>(),
                   likeliest_.device<int32_t>(), workspace_->data(), scratch);
      likeliest_.copyOut(sizeof(int32_t));
    };
    if (device_.isHost() || clock_) // each launch is timed
      return decode();
    if (!step_)
      step_ = device_.record(decode);
    device_.replay(*step_);
  });
  tokens_.as<int32_t>()[position_++] = token;
  noteLogits(position_ - 1);
  if (watch.logits)
    watch.logits(position_ - 1, logits());
}

void Session::chunk(std::span<const int32_t> tokens, bool last, const Watch &watch) {
  hasLogits_ = false;
  auto count = static_cast<int64_t>(tokens.size());
  enter(tokens);
  run("prefill", position_, count, [&](Worker &worker, void *scratch) {
    input_.copyIn(Input::bytesFor(count));
    code_.prefill(&worker, model_->weightTable(), input_.device<Input>()->tokens(), count,
                  positionArgument(), keys_->data(), values_->data(), hidden_->as<float>(),
                  workspace_->data(), scratch);
  });
  std::copy(tokens.begin(), tokens.end(), tokens_.as<int32_t>() + position_);
  int64_t first = position_;
  position_ += count;
  for (int64_t row = 0; row < count; ++row) {
    if (watch.states) {
      const float *hidden = hidden_->as<float>() + row * compiled_.hidden;
      run("state", first + row, 1, [&](Worker &worker, void *scratch) {
        code_.state(&worker, model_->weightTable(), hidden, state_.device<float>(),
                    workspace_->data(), scratch);
        state_.copyOut(floats(compiled_.hidden));
      });
      watch.states(first + row, {state_.host<float>(), static_cast<size_t>(compiled_.hidden)});
    }
    // Without a visitor only the very last logits are of use.
    if (watch.logits || (last && row + 1 == count))
      head(first + row, row);
    if (watch.logits)
      watch.logits(first + row, logits());
  }
}

void Session::head(int64_t position, int64_t row) {
  const float *hidden = hidden_->as<float>() + row * compiled_.hidden;
  run("head", position, 1, [&](Worker &worker, void *scratch) {
    code_.head(&worker, model_->weightTable(), hidden, logits_.device<float>(),
               likeliest_.device<int32_t>(), workspace_->data(), scratch);
    likeliest_.copyOut(sizeof(int32_t));
  });
  noteLogits(position);
}

/// Says that there are logits, if they are finite: else none is the likeliest.
void Session::noteLogits(int64_t position) {
  if (likeliest() < 0)
    failWith(CRIA_ERROR_NOT_FINITE,
             "the logits of token {} are not finite: a weight may be NaN; --check-weights names it",
             position);
  hasLogits_ = true;
  fetched_ = device_.isHost();
}

void Session::truncate(int64_t position) {
  if (position < 0 || position > position_)
    failWith(CRIA_ERROR_ARGUMENT, "position {} is not in [0, {}]", position, position_);
  hasLogits_ &= position == position_ && position > 0;
  position_ = position;
}

std::span<const int32_t> Session::tokens() const {
  return {tokens_.as<int32_t>(), static_cast<size_t>(position_)};
}

std::span<const float> Session::logits() const {
  if (!hasLogits_)
    return {};
  if (!std::exchange(fetched_, true)) {
    logits_.copyOut(floats(compiled_.vocab));
    device_.wait();
  }
  return {logits_.host<float>(), static_cast<size_t>(compiled_.vocab)};
}

CacheRows Session::cacheRows(int64_t count) const {
  size_t row = rowBytes(compiled_);
  return {device_, *keys_, *values_, static_cast<size_t>(compiled_.max_seq) * row,
          static_cast<size_t>(count) * row};
}

void Session::restore(std::span<const int32_t> tokens, std::span<const float> logits) {
  std::copy(tokens.begin(), tokens.end(), tokens_.as<int32_t>());
  std::copy(logits.begin(), logits.end(), logits_.host<float>());
  *likeliest_.host<int32_t>() =
      static_cast<int32_t>(std::ranges::max_element(logits) - logits.begin());
  fetched_ = true;
  position_ = static_cast<int64_t>(tokens.size());
  hasLogits_ = !logits.empty();
}

} // namespace cria::rt

#include "runtime/Session.h"
#include "runtime/DType.h"
#include "runtime/Status.h"
#include <algorithm>
#include <bit>

namespace cria::rt {
namespace {

Mapping cache(const cria_model &model) {
  return Mapping::zeros(static_cast<size_t>(model.layers * model.kv_heads * model.cache_rows *
                                            model.head_dim * dtypeSize(model.kv_dtype)),
                        "KV cache");
}

Mapping floats(int64_t count, const char *what) {
  return Mapping::zeros(static_cast<size_t>(count) * sizeof(float), what);
}

} // namespace

Session::Session(std::shared_ptr<const Model> model)
    : model_(std::move(model)), compiled_(model_->compiled()), keys_(cache(compiled_)),
      values_(cache(compiled_)),
      workspace_(Mapping::zeros(static_cast<size_t>(compiled_.workspace_bytes), "workspace")),
      hidden_(floats(compiled_.chunk * compiled_.hidden, "hidden states")),
      logits_(floats(compiled_.vocab, "logits")), padded_(static_cast<size_t>(compiled_.chunk)) {}

void Session::prefill(std::span<const int32_t> tokens, const Visitor &visit) {
  for (int32_t token : tokens)
    if (token < 0 || token >= compiled_.vocab)
      failWith(CRIA_ERROR_TOKEN, "token {} is not in the vocabulary of {} tokens", token,
               compiled_.vocab);
  auto count = static_cast<int64_t>(tokens.size());
  if (count > room())
    failWith(CRIA_ERROR_CONTEXT_FULL, "{} tokens after the {} before them pass the context of {}",
             count, position_, compiled_.max_seq);

  while (!tokens.empty()) {
    // A whole chunk is written to the cache even if fewer tokens are left.
    bool chunkFits = position_ + compiled_.chunk <= compiled_.cache_rows;
    size_t now = 1;
    if (tokens.size() == 1 || !chunkFits) {
      step(tokens[0]);
      if (visit)
        visit(position_ - 1, logits());
    } else {
      now = std::min(tokens.size(), padded_.size());
      chunk(tokens.first(now), now == tokens.size(), visit);
    }
    tokens = tokens.subspan(now);
  }
}

void Session::step(int32_t token) {
  compiled_.decode(model_->weights().table(), &token, position_, keys_.data(), values_.data(),
                   logits_.as<float>(), workspace_.data());
  ++position_;
  checkLogits(position_ - 1);
}

void Session::chunk(std::span<const int32_t> tokens, bool last, const Visitor &visit) {
  auto tail = std::copy(tokens.begin(), tokens.end(), padded_.begin());
  std::fill(tail, padded_.end(), tokens.back());
  compiled_.prefill(model_->weights().table(), padded_.data(), position_, keys_.data(),
                    values_.data(), hidden_.as<float>(), workspace_.data());
  auto count = static_cast<int64_t>(tokens.size());
  int64_t first = position_;
  position_ += count;
  // Without a visitor only the very last logits are of use.
  for (int64_t row = visit ? 0 : last ? count - 1 : count; row < count; ++row) {
    compiled_.head(model_->weights().table(), hidden_.as<float>() + row * compiled_.hidden,
                   logits_.as<float>(), workspace_.data());
    checkLogits(first + row);
    if (visit)
      visit(first + row, logits());
  }
}

void Session::checkLogits(int64_t position) const {
  constexpr uint32_t exponent = 0x7f800000; // all ones in Inf and NaN
  bool bad = false;
  for (float logit : logits())
    bad |= (std::bit_cast<uint32_t>(logit) & exponent) == exponent;
  if (bad)
    failWith(CRIA_ERROR_NOT_FINITE,
             "the logits of token {} are not finite: a weight may be NaN; --check-weights names it",
             position);
}

std::span<const float> Session::logits() const {
  if (position_ == 0)
    return {};
  return {logits_.as<float>(), static_cast<size_t>(compiled_.vocab)};
}

} // namespace cria::rt

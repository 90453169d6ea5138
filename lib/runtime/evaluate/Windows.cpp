//===- Windows.cpp - A text cut as llama.cpp cuts it ----------------------===//
#include "runtime/evaluate/Windows.h"
#include "runtime/Fail.h"

namespace cria::rt {

std::optional<int32_t> firstOfText(const Model &model) {
  auto around = model.tokenizer().encode("", /*addSpecial=*/true, /*parseSpecial=*/false);
  if (around.empty() || around.front() != model.compiled().bos)
    return std::nullopt;
  return around.front();
}

Windows cutText(const Model &model, std::vector<int32_t> tokens, int64_t size) {
  size = std::min(size, std::ssize(tokens));
  if (size < 3)
    fail("a window of {} tokens has nothing to predict in its second half; it takes 3", size);
  tokens.resize(static_cast<size_t>(std::ssize(tokens) / size * size));
  return {std::move(tokens), size, firstOfText(model)};
}

void predict(Session &session, const Windows &windows, const SeePrediction &see,
             const SeeProgress &progress, const Session::Pause &pause) {
  auto size = static_cast<size_t>(windows.size), before = size / 2;
  for (size_t begin = 0; begin < windows.tokens.size(); begin += size) {
    auto next = windows.tokens.begin() + static_cast<ptrdiff_t>(begin);
    std::vector<int32_t> window(next, next + windows.size);
    if (windows.first)
      window[0] = *windows.first;
    session.reset();
    session.prefill(std::span(window).first(before), {}, pause);
    session.prefill(
        std::span(window).subspan(before, size - 1 - before),
        [&](int64_t position, std::span<const float> logits) {
          see(logits, window[static_cast<size_t>(position) + 1]);
        },
        pause);
    progress(static_cast<int64_t>((begin + size) / size));
    pause();
  }
}

} // namespace cria::rt

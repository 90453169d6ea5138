//===- KlBase.cpp - The predictions of another model ----------------------===//
#include "runtime/evaluate/KlBase.h"
#include "runtime/Fail.h"
#include "runtime/LogProb.h"
#include "support/FilesRead.h"
#include <bit>
#include <cmath>
#include <cstring>

namespace cria::rt {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view magic = "_logits_";
constexpr float range = 16; ///< of log-probabilities
constexpr int most = 65535; ///< steps in it

/// What follows the magic.
struct Sizes {
  uint32_t window;
  int32_t vocab, windows;
};
constexpr size_t headBytes = magic.size() + sizeof(Sizes);

/// Scale and lowest before the steps.
constexpr size_t rowHead = 2 * sizeof(float);

size_t stepsOf(size_t vocab) { return vocab + vocab % 2; }
size_t rowBytes(size_t vocab) { return rowHead + stepsOf(vocab) * sizeof(uint16_t); }

const std::string &allowed(const std::string &path) {
  FilesRead::refuse(path);
  return path;
}

Sizes readSizes(const std::string &path, std::span<const std::byte> bytes) {
  if (bytes.size() < headBytes || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0)
    fail("{}: is not a base file: it does not begin with {} and three sizes", path, magic);
  Sizes sizes;
  std::memcpy(&sizes, bytes.data() + magic.size(), sizeof sizes);
  return sizes;
}

void check(const std::string &path, const Sizes &sizes, int64_t vocab, int64_t context) {
  if (sizes.window < 3 || sizes.window > context)
    fail("{}: windows of {} tokens: a model with a context of {} reads 3 to {}", path, sizes.window,
         context, context);
  if (sizes.vocab != vocab)
    fail("{}: a vocabulary of {} tokens: that of this model has {}", path, sizes.vocab, vocab);
  if (sizes.windows < 1)
    fail("{}: {} windows: there must be one or more", path, sizes.windows);
}

} // namespace

KlBaseWriter::KlBaseWriter(const std::string &path, const Windows &windows, int64_t vocab)
    : file_(allowed(path)), steps_(stepsOf(static_cast<size_t>(vocab))) {
  Sizes sizes{static_cast<uint32_t>(windows.size), static_cast<int32_t>(vocab),
              static_cast<int32_t>(windows.count())};
  file_.write(magic.data(), magic.size());
  file_.write(&sizes, sizeof sizes);
  file_.write(windows.tokens.data(), windows.tokens.size() * sizeof(int32_t));
}

void KlBaseWriter::write(std::span<const float> logits) {
  auto [least, greatest] = std::minmax_element(logits.begin(), logits.end());
  float low = std::max(*least, *greatest - range), scale = (*greatest - low) / most;
  float lowest = static_cast<float>(low - logSumExp(logits)), inverse = scale > 0 ? 1 / scale : 0;
  for (size_t i = 0; i < logits.size(); ++i)
    steps_[i] = static_cast<uint16_t>(
        std::min(std::nearbyint(std::max(logits[i] - low, 0.f) * inverse), float(most)));
  file_.write(&scale, sizeof scale);
  file_.write(&lowest, sizeof lowest);
  file_.write(steps_.data(), steps_.size() * sizeof(uint16_t));
}

KlBase KlBase::open(const std::string &path, const Model &model, int64_t context) {
  int64_t vocab = model.compiled().vocab;
  KlBase base;
  base.path_ = path;
  base.file_ = Mapping::file(path);
  FilesRead::note(path);
  std::span<const std::byte> bytes = base.file_.bytes();
  Sizes sizes = readSizes(path, bytes);
  check(path, sizes, vocab, context);
  base.vocab_ = static_cast<size_t>(vocab);
  base.windows_.size = sizes.window;
  base.windows_.first = firstOfText(model);
  auto windows = static_cast<uint64_t>(sizes.windows);
  auto predicted = static_cast<uint64_t>(base.windows_.predicted());
  // 2^31 windows of 2^24 tokens, in rows of 2^32 bytes, pass 64 bits: a window first.
  uint64_t each = sizes.window * sizeof(int32_t) + predicted * rowBytes(base.vocab_);
  uint64_t rest = bytes.size() - headBytes;
  if (rest % each || rest / each != windows)
    fail("{}: {} bytes: {} windows of {} tokens take {} each, and {} at the start", path,
         bytes.size(), windows, sizes.window, each, headBytes);
  base.windows_.tokens.resize(windows * sizes.window);
  size_t tokenBytes = base.windows_.tokens.size() * sizeof(int32_t);
  std::memcpy(base.windows_.tokens.data(), bytes.data() + headBytes, tokenBytes);
  for (size_t i = 0; i < base.windows_.tokens.size(); ++i)
    if (int32_t token = base.windows_.tokens[i]; token < 0 || token >= vocab)
      fail("{}: token {} is {}: the vocabulary has {}", path, i, token, vocab);
  base.rows_ = bytes.subspan(headBytes + tokenBytes);
  return base;
}

BaseRow KlBase::row(int64_t index) const {
  const std::byte *at = rows_.data() + static_cast<size_t>(index) * rowBytes(vocab_);
  float head[2];
  std::memcpy(head, at, sizeof head);
  auto [scale, lowest] = head;
  constexpr double rounding = 0.01;
  double highest = static_cast<double>(lowest) + static_cast<double>(scale) * most;
  if (!std::isfinite(highest) || scale < 0 || highest > rounding)
    fail("{}: row {}: scale {} and lowest {} are not those of log-probabilities", path_, index,
         scale, lowest);
  // All sizes before it are multiples of 4 bytes, and the file is mapped at a page.
  return {scale, lowest, {reinterpret_cast<const uint16_t *>(at + rowHead), vocab_}};
}

} // namespace cria::rt

//===- Decoder.cpp - Tokens to text, one after another --------------------===//
#include "runtime/tokenizer/Decoder.h"
#include "runtime/Utf8.h"
#include "runtime/tokenizer/ByteAlphabet.h"
#include "runtime/tokenizer/Normalizer.h"

namespace cria::rt {

using tokenizer_format::StepKind;
using Tokens = std::vector<std::string>;
using Step = TokenizerData::Step;

/// One step of a decoder: tokens go in, tokens come out.
class Decoder::Stage {
public:
  virtual ~Stage() = default;
  virtual void push(std::string token, Tokens &out) = 0;
  /// No tokens follow.
  virtual void finish(Tokens & /*out*/) {}
};

namespace {

using Stage = Decoder::Stage;

/// The byte of a token <0xNN>.
std::optional<char> byteOf(std::string_view token) {
  auto digit = [&](size_t at) {
    char c = token[at];
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
  };
  if (token.size() != 6 || !token.starts_with("<0x") || token[5] != '>')
    return std::nullopt;
  if (token[3] == '+' && digit(4) >= 0) // Rust's from_str_radix takes a sign
    return static_cast<char>(digit(4));
  if (digit(3) < 0 || digit(4) < 0)
    return std::nullopt;
  return static_cast<char>(digit(3) << 4 | digit(4));
}

std::string byteLevelText(std::string_view token) {
  return fromByteAlphabet(token).value_or(std::string(token));
}

/// Where `mark` stands, there is a space, or nothing in the first token if it was put there.
std::string unmarked(std::string_view token, char32_t mark, bool drop) {
  std::string out;
  for (size_t at = 0; at < token.size();) {
    auto [code, length] = codePointAt(token, at);
    if (code != mark)
      out += token.substr(at, length);
    else if (!drop)
      out += ' ';
    at += length;
  }
  return out;
}

/// A function of each token alone.
template <class Function>
class Each : public Stage {
public:
  explicit Each(Function function) : function_(std::move(function)) {}
  void push(std::string token, Tokens &out) override { out.push_back(function_(token)); }

private:
  Function function_;
};

class MetaspaceStage : public Stage {
public:
  explicit MetaspaceStage(const Step &step) : mark_(step.a), drop_(step.b == 1) {}
  void push(std::string token, Tokens &out) override {
    out.push_back(unmarked(token, mark_, drop_ && first_));
    first_ = false;
  }

private:
  char32_t mark_;
  bool drop_, first_ = true;
};

class JoinStage : public Stage {
public:
  void push(std::string token, Tokens &out) override {
    out.push_back((first_ ? "" : " ") + token);
    first_ = false;
  }

private:
  bool first_ = true;
};

/// Neighbouring bytes become their text; if they have none, each becomes U+FFFD.
class ByteFallbackStage : public Stage {
public:
  void push(std::string token, Tokens &out) override {
    if (auto byte = byteOf(token)) {
      bytes_ += *byte;
      return;
    }
    finish(out);
    out.push_back(std::move(token));
  }
  void finish(Tokens &out) override {
    if (bytes_.empty())
      return;
    if (isUtf8(bytes_))
      out.push_back(bytes_);
    else
      out.insert(out.end(), bytes_.size(), "\xef\xbf\xbd");
    bytes_.clear();
  }

private:
  std::string bytes_;
};

/// Keeps back what a later step has to see whole.
class FuseStage : public Stage {
public:
  void push(std::string token, Tokens & /*out*/) override { text_ += token; }
  void finish(Tokens &out) override { out.push_back(std::move(text_)); }

private:
  std::string text_;
};

std::string strip(const Step &step, std::string_view token) {
  std::string mark;
  appendUtf8(mark, step.a);
  for (uint32_t i = 0; i < step.b && token.starts_with(mark); ++i)
    token.remove_prefix(mark.size());
  for (uint32_t i = 0; i < step.c && token.ends_with(mark); ++i)
    token.remove_suffix(mark.size());
  return std::string(token);
}

/// Strips the start of a text that comes in pieces.
class StripStartStage : public Stage {
public:
  explicit StripStartStage(const Step &step) : left_(step.b) { appendUtf8(mark_, step.a); }
  void push(std::string token, Tokens &out) override {
    std::string_view rest = token;
    for (; left_ > 0 && !rest.empty(); --left_) {
      if (!rest.starts_with(mark_)) {
        left_ = 0;
        break;
      }
      rest.remove_prefix(mark_.size());
    }
    out.emplace_back(rest);
  }

private:
  std::string mark_;
  uint32_t left_;
};

/// Whether a fused text may go through the steps from `step` on piece by piece.
bool workOnPieces(std::span<const Step> steps) {
  for (const Step &step : steps)
    if (step.kind != StepKind::fuse && (step.kind != StepKind::stripCharacter || step.c > 0))
      return false;
  return true;
}

template <class Function>
std::unique_ptr<Stage> each(Function function) {
  return std::make_unique<Each<Function>>(std::move(function));
}

} // namespace

Decoder::Decoder(const TokenizerData &data, const CharacterSets &sets) {
  auto steps = data.decoders();
  bool fused = false; // tokens are pieces of one text from here on
  for (size_t i = 0; i < steps.size(); ++i) {
    const Step &step = steps[i];
    if (step.kind == StepKind::replace)
      stages_.push_back(
          each([&](const std::string &t) { return replaceMatches(data, sets, step, t); }));
    else if (step.kind == StepKind::byteLevelDecode)
      stages_.push_back(each([](const std::string &t) { return byteLevelText(t); }));
    else if (step.kind == StepKind::metaspaceDecode)
      stages_.push_back(std::make_unique<MetaspaceStage>(step));
    else if (step.kind == StepKind::joinWithSpaces)
      stages_.push_back(std::make_unique<JoinStage>());
    else if (step.kind == StepKind::byteFallback)
      stages_.push_back(std::make_unique<ByteFallbackStage>());
    else if (step.kind == StepKind::stripCharacter && fused)
      stages_.push_back(std::make_unique<StripStartStage>(step));
    else if (step.kind == StepKind::stripCharacter)
      stages_.push_back(each([&](const std::string &t) { return strip(step, t); }));
    else if (workOnPieces(steps.subspan(i + 1)))
      fused = true;
    else
      stages_.push_back(std::make_unique<FuseStage>());
  }
}

Decoder::~Decoder() = default;
Decoder::Decoder(Decoder &&) noexcept = default;

std::string Decoder::push(std::string_view token) { return run({std::string(token)}, false); }
std::string Decoder::finish() { return run({}, true); }

/// Sends tokens through all stages; `last` ends each stage after its tokens.
std::string Decoder::run(Tokens tokens, bool last) {
  for (const auto &stage : stages_) {
    Tokens out;
    for (std::string &token : tokens)
      stage->push(std::move(token), out);
    if (last)
      stage->finish(out);
    tokens = std::move(out);
  }
  std::string text;
  for (const std::string &token : tokens)
    text += token;
  return text;
}

std::string bytesOf(const TokenizerData &data, const CharacterSets &sets, std::string_view token) {
  std::string text(token);
  for (const Step &step : data.decoders())
    if (step.kind == StepKind::replace)
      text = replaceMatches(data, sets, step, text);
    else if (step.kind == StepKind::byteLevelDecode)
      text = byteLevelText(text);
    else if (step.kind == StepKind::metaspaceDecode)
      text = unmarked(text, step.a, false);
    else if (step.kind == StepKind::byteFallback) {
      if (auto byte = byteOf(text))
        return {*byte};
    } else if (step.kind == StepKind::fuse)
      break;
  return text;
}

} // namespace cria::rt

//===- TextStream.h - Bytes of tokens to text that can be shown -*- C++ -*-===//
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

/// Turns the bytes of one token after another into valid UTF-8, and looks for stop strings. Holds
/// back a character that is not complete and text that may be the beginning of a stop
/// string; bytes that are not UTF-8 become U+FFFD.
///
/// A stop string may be the text of tokens that are not shown, such as "<|eot_id|>", and may begin
/// in the text before: as in transformers, it counts when it ends in a generated token.
class TextStream {
public:
  explicit TextStream(std::vector<std::string> stops) : stops_(std::move(stops)) {}

  /// How much of the text before can matter, in bytes.
  size_t contextSize() const;
  /// Sets the text before, which is not shown.
  void setContext(std::string_view text);

  /// Adds `bytes`; the text that may be shown now. Ends before the first stop string.
  std::string push(std::string_view bytes, bool visible = true);
  /// No bytes follow: the text held back.
  std::string finish() { return take(held_.size(), true); }
  /// Whether a stop string has come.
  bool stopped() const { return stopped_; }

private:
  void append(std::string_view bytes, bool visible);
  void keepStopPrefix();
  size_t visibleFrom(size_t begin) const;
  std::string take(size_t count, bool last);

  std::vector<std::string> stops_;
  std::string held_;          ///< visible and not shown yet
  std::string tail_;          ///< the end of all text: what may be the beginning of a stop string
  std::vector<bool> visible_; ///< which bytes of tail_ are in held_
  bool stopped_ = false;
};

} // namespace cria::rt

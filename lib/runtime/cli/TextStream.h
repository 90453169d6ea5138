//===- TextStream.h - Bytes of tokens to text that can be shown -*- C++ -*-===//
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

/// Turns the bytes of one token after another into valid UTF-8, and looks for stop strings. Holds
/// back a character that is not complete and text that may be the beginning of a stop
/// string; bytes that are no UTF-8 become U+FFFD.
class TextStream {
public:
  explicit TextStream(std::vector<std::string> stops) : stops_(std::move(stops)) {}

  /// Adds `bytes`; the text that may be shown now. Ends before the first stop string.
  std::string push(std::string_view bytes);
  /// No bytes follow: the text held back.
  std::string finish() { return take(held_.size(), true); }
  /// Whether a stop string has come.
  bool stopped() const { return stopped_; }

private:
  size_t stopLengthHeld() const;
  std::string take(size_t count, bool last);

  std::vector<std::string> stops_;
  std::string held_;
  bool stopped_ = false;
};

} // namespace cria::rt

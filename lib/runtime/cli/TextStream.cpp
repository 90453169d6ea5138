#include "runtime/cli/TextStream.h"
#include <algorithm>

namespace cria::rt {
namespace {

/// The beginning of a string: a character, bytes that cannot become one, or the
/// beginning of one that is cut off by the end.
struct Piece {
  enum Kind { character, broken, cut } kind;
  size_t length;
};

/// Follows Unicode's table of well-formed UTF-8; `broken` is as long as the standard advises
/// for one U+FFFD. `text` is not empty.
Piece firstPiece(std::string_view text) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(0), low = 0x80, high = 0xbf;
  if (first < 0x80)
    return {Piece::character, 1};
  if (first < 0xc2 || first > 0xf4)
    return {Piece::broken, 1};
  size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first == 0xe0)
    low = 0xa0; // shorter forms exist
  if (first == 0xf0)
    low = 0x90;
  if (first == 0xed)
    high = 0x9f; // surrogates
  if (first == 0xf4)
    high = 0x8f; // past U+10FFFF
  for (size_t i = 1; i < length; ++i, low = 0x80, high = 0xbf) {
    if (i == text.size())
      return {Piece::cut, i};
    if (byte(i) < low || byte(i) > high)
      return {Piece::broken, i};
  }
  return {Piece::character, length};
}

} // namespace

std::string TextStream::push(std::string_view bytes) {
  held_ += bytes;
  size_t stop = held_.npos;
  for (const std::string &text : stops_)
    stop = std::min(stop, held_.find(text));
  if (stop != held_.npos) {
    stopped_ = true;
    held_.resize(stop);
    return finish();
  }
  return take(held_.size() - stopLengthHeld(), false);
}

/// Bytes at the end that are the beginning of a stop string.
size_t TextStream::stopLengthHeld() const {
  size_t most = 0;
  for (const std::string &stop : stops_)
    for (size_t length = std::min(stop.size() - 1, held_.size()); length > most; --length)
      if (held_.ends_with(std::string_view(stop).substr(0, length)))
        most = length;
  return most;
}

/// Takes the first `count` bytes out, less a character that they cut unless they are the last.
std::string TextStream::take(size_t count, bool last) {
  std::string text;
  std::string_view rest = std::string_view(held_).substr(0, count);
  while (!rest.empty()) {
    auto [kind, length] = firstPiece(rest);
    if (kind == Piece::cut && !last)
      break;
    text += kind == Piece::character ? rest.substr(0, length) : "\xef\xbf\xbd";
    rest.remove_prefix(length);
  }
  held_.erase(0, count - rest.size());
  return text;
}

} // namespace cria::rt

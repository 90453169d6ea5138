//===- TextStream.cpp - Bytes of tokens to text that can be shown ---------===//
#include "runtime/cli/TextStream.h"
#include "runtime/Utf8.h"
#include <algorithm>
#include <cstddef>

namespace cria::rt {

size_t TextStream::contextSize() const {
  size_t longest = 0;
  for (const std::string &stop : stops_)
    longest = std::max(longest, stop.size() - 1);
  return longest;
}

void TextStream::setContext(std::string_view text) {
  append(text, false);
  keepStopPrefix();
}

std::string TextStream::push(std::string_view bytes, bool visible) {
  size_t before = tail_.size(), stop = tail_.npos;
  append(bytes, visible);
  for (const std::string &text : stops_) {
    // Its end must be new: what is before may hold a whole one, as a part of another.
    size_t first = before - std::min(before, text.size() - 1);
    stop = std::min(stop, tail_.find(text, first));
  }
  if (stop != tail_.npos) {
    stopped_ = true;
    held_.resize(held_.size() - visibleFrom(stop));
    return finish();
  }
  keepStopPrefix();
  return take(held_.size() - visibleFrom(0), false);
}

void TextStream::append(std::string_view bytes, bool visible) {
  tail_ += bytes;
  visible_.resize(tail_.size(), visible);
  if (visible)
    held_ += bytes;
}

/// Shortens tail_ to the longest end that is the beginning of a stop string.
void TextStream::keepStopPrefix() {
  size_t most = 0;
  for (const std::string &stop : stops_)
    for (size_t length = std::min(stop.size() - 1, tail_.size()); length > most; --length)
      if (tail_.ends_with(std::string_view(stop).substr(0, length)))
        most = length;
  size_t gone = tail_.size() - most;
  tail_.erase(0, gone);
  visible_.erase(visible_.begin(), visible_.begin() + static_cast<std::ptrdiff_t>(gone));
}

/// How many bytes of tail_ from `begin` on are in held_.
size_t TextStream::visibleFrom(size_t begin) const {
  auto from = visible_.begin() + static_cast<std::ptrdiff_t>(begin);
  return static_cast<size_t>(std::count(from, visible_.end(), true));
}

/// Takes the first `count` bytes out, less a character that they cut unless they are the last.
std::string TextStream::take(size_t count, bool last) {
  std::string text;
  std::string_view rest = std::string_view(held_).substr(0, count);
  while (!rest.empty()) {
    auto [kind, length] = firstUtf8Piece(rest);
    if (kind == Utf8Piece::cut && !last)
      break;
    text += kind == Utf8Piece::character ? rest.substr(0, length) : "\xef\xbf\xbd";
    rest.remove_prefix(length);
  }
  held_.erase(0, count - rest.size());
  return text;
}

} // namespace cria::rt

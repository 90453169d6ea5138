#include "runtime/cli/TextStream.h"
#include "runtime/Utf8.h"
#include <algorithm>

namespace cria::rt {
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

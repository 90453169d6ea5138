//===- Text.h - A string that knows which parts users wrote -----*- C++ -*-===//
#pragma once
#include "runtime/TextRange.h"
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt::chat {

/// Valid UTF-8 with a mark on the bytes that come from a message. Every operation carries the
/// mark along, so that a special token spelled out in a message can be told from one that the
/// template writes. Positions are byte offsets at character boundaries, except where a function
/// says otherwise.
class Text {
public:
  Text() = default;
  /// `user` marks all of `bytes`.
  explicit Text(std::string bytes, bool user = false);

  const std::string &bytes() const { return bytes_; }
  size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  /// The marked ranges: ascending, not empty, not touching.
  const std::vector<TextRange> &user() const { return user_; }
  /// Memory in bytes, for the budget.
  size_t footprint() const { return bytes_.size() + user_.size() * sizeof(TextRange); }

  void append(const Text &other) { append(other, 0, other.size()); }
  void append(std::string_view bytes, bool user = false);
  /// Appends bytes [begin, end) of `other`.
  void append(const Text &other, size_t begin, size_t end);
  Text part(size_t begin, size_t end) const;

  /// Whether all characters are ASCII: then characters are bytes.
  bool ascii() const;
  /// Number of characters.
  size_t length() const;
  /// Offsets at which characters begin, and the size.
  std::vector<size_t> boundaries() const;
  /// Where `needle` begins at or after `from`, or npos. Takes linear time.
  size_t find(std::string_view needle, size_t from = 0) const;

  /// Each character replaced by what `map` returns for it, with its mark.
  template <class Map>
  Text mapped(const Map &map) const {
    Text out;
    size_t next = 0; // index of the first marked range that does not end before `begin`
    for (size_t begin = 0; begin < bytes_.size();) {
      size_t end = characterEnd(begin);
      while (next < user_.size() && user_[next].end <= begin)
        ++next;
      out.append(map(std::string_view(bytes_).substr(begin, end - begin)),
                 next < user_.size() && user_[next].begin <= begin);
      begin = end;
    }
    return out;
  }

  /// The end of the character that begins at `begin`, and the beginning of the one that ends at
  /// `end`.
  size_t characterEnd(size_t begin) const;
  size_t characterBegin(size_t end) const;

  static constexpr size_t npos = std::string::npos;

private:
  void mark(size_t begin, size_t end);

  std::string bytes_;
  std::vector<TextRange> user_;
};

/// Whether Python's str.isspace() holds for `character`.
bool isSpace(std::string_view character);
/// The code point of one character.
char32_t codePoint(std::string_view character);
std::string utf8(char32_t code);

} // namespace cria::rt::chat

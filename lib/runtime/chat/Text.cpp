//===- Text.cpp - A string that knows which parts users wrote -------------===//
#include "runtime/chat/Text.h"
#include "runtime/Utf8.h"
#include <algorithm>
#include <cstring>

namespace cria::rt::chat {

Text::Text(std::string bytes, bool user) : bytes_(std::move(bytes)) {
  if (user)
    mark(0, bytes_.size());
}

void Text::append(std::string_view bytes, bool user) {
  size_t begin = bytes_.size();
  bytes_ += bytes;
  if (user)
    mark(begin, bytes_.size());
}

void Text::append(const Text &other, size_t begin, size_t end) {
  size_t shift = bytes_.size();
  auto first = std::partition_point(other.user_.begin(), other.user_.end(),
                                    [&](const TextRange &range) { return range.end <= begin; });
  std::vector<TextRange> marks; // taken first: `other` may be this text
  for (; first != other.user_.end() && first->begin < end; ++first)
    marks.push_back({std::max(first->begin, begin), std::min(first->end, end)});
  bytes_ += other.bytes_.substr(begin, end - begin);
  for (const TextRange &range : marks)
    mark(range.begin - begin + shift, range.end - begin + shift);
}

Text Text::part(size_t begin, size_t end) const {
  Text out;
  out.append(*this, begin, std::max(begin, end));
  return out;
}

void Text::mark(size_t begin, size_t end) {
  if (begin == end)
    return;
  if (!user_.empty() && user_.back().end == begin)
    user_.back().end = end;
  else
    user_.push_back({begin, end});
}

bool Text::ascii() const {
  return std::all_of(bytes_.begin(), bytes_.end(), [](char c) { return (c & 0x80) == 0; });
}

size_t Text::length() const {
  return static_cast<size_t>(
      std::count_if(bytes_.begin(), bytes_.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::vector<size_t> Text::boundaries() const {
  std::vector<size_t> out;
  for (size_t at = 0; at < bytes_.size(); at = characterEnd(at))
    out.push_back(at);
  out.push_back(bytes_.size());
  return out;
}

size_t Text::find(std::string_view needle, size_t from) const {
  if (from > bytes_.size())
    return npos;
  if (needle.empty())
    return from;
  // Unlike std::string::find, memmem is linear in the worst case.
  const void *found =
      memmem(bytes_.data() + from, bytes_.size() - from, needle.data(), needle.size());
  return found ? static_cast<size_t>(static_cast<const char *>(found) - bytes_.data()) : npos;
}

size_t Text::characterEnd(size_t begin) const {
  size_t end = begin + 1;
  while (end < bytes_.size() && (bytes_[end] & 0xc0) == 0x80)
    ++end;
  return end;
}

size_t Text::characterBegin(size_t end) const {
  size_t begin = end - 1;
  while (begin > 0 && (bytes_[begin] & 0xc0) == 0x80)
    --begin;
  return begin;
}

bool isSpace(std::string_view character) {
  // Python adds the four separators of ASCII to the property White_Space.
  if (character.size() == 1 && character[0] >= 0x1c && character[0] <= 0x1f)
    return true;
  return spaceAtStart(character) == character.size();
}

char32_t codePoint(std::string_view character) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1)
    return byte(0);
  char32_t code = byte(0) & (0x7f >> character.size());
  for (size_t i = 1; i < character.size(); ++i)
    code = code << 6 | (byte(i) & 0x3f);
  return code;
}

std::string utf8(char32_t code) {
  auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (code < 0x80)
    return {byte(code)};
  std::string out;
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr char32_t leads[] = {0, 0xc0, 0xe0, 0xf0};
  out += byte(leads[more] | code >> (6 * more));
  while (more-- > 0)
    out += byte(0x80 | (code >> (6 * more) & 0x3f));
  return out;
}

} // namespace cria::rt::chat

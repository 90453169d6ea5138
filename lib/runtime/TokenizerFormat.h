//===- TokenizerFormat.h - The layout of tokenizer.cria ---------*- C++ -*-===//
//
// A byte-level BPE tokenizer as flat data, so that it is used where it lies: made by criac
// from tokenizer.json, carried in the binary, read by the runtime. Little-endian, unaligned,
// without gaps. The header says how many entries each of these has, in this order:
//
//   uint32 tokenEnds[ids]       where the bytes of each id end in `tokenText`; they begin
//                               where those before end. An id without a token has none
//   uint32 byteTokens[256]      the token of each byte
//   uint32 words[words]         ids in the order of their bytes; those that a whole word may
//                               become at once (`ignore_merges`)
//   uint32 mergeStarts[ids + 1] the first merge whose left part has at least this id
//   Merge  merges[merges]       in the order of (left, right)
//   Added  added[added]         tokens found in the text before it is split; the first
//                               `rawAdded` are looked for first. Both parts are in the
//                               order of their text
//   uint32 prefix[prefix]       ids before and after a text
//   uint32 suffix[suffix]
//   char   tokenText[tokenText]
//   char   addedText[addedText]
//   char   pattern[pattern]     splits text into words (PCRE2, UTF and UCP); empty: no split
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>

namespace cria::rt::tokenizer_format {

inline constexpr char magic[8] = {'C', 'R', 'I', 'A', 'T', 'O', 'K', '\n'};
inline constexpr uint32_t version = 1;
inline constexpr uint32_t maxIds = 1 << 24;

struct Header {
  char magic[8];
  uint32_t version;
  uint32_t ids;
  uint32_t words, merges, rawAdded, added, prefix, suffix;
  uint32_t tokenText, addedText, pattern; ///< bytes
};

/// `left` is known from where the merge stands.
struct Merge {
  uint32_t right, rank, result; ///< of two merges, that of the lower rank comes first
};

struct Added {
  static constexpr uint32_t special = 1; ///< flag: control, not text
  static constexpr uint32_t lstrip = 2;  ///< flag: takes the white space before it
  static constexpr uint32_t rstrip = 4;  ///< flag: and after it
  uint32_t id, textEnd, flags;           ///< textEnd is to addedText as tokenEnds is to tokenText
};

} // namespace cria::rt::tokenizer_format

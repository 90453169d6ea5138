//===- TokenizerFormat.h - The layout of tokenizer.cria ---------*- C++ -*-===//
//
// A BPE tokenizer as flat data that is used in place: criac writes it from tokenizer.json,
// the binary carries it, the runtime reads it. Little-endian, unaligned, without gaps. The
// header gives the number of entries of each section; the sections follow in this order:
//
//   uint32 tokenEnds[ids]       where the text of each id ends in `tokenText`; it begins where
//                               the one before ends. An id without a token has an empty text
//   uint32 vocab[vocab]         the ids of the model's vocabulary, in the order of their text
//   uint32 mergeStarts[ids + 1] the first merge whose left part has at least this id
//   Merge  merges[merges]       in the order of (left, right)
//   Added  added[added]         tokens found in the text before it is split; the first
//                               `rawAdded` are found before normalization, the others after
//                               it. Both parts are in the order of their text
//   uint32 prefix[prefix]       ids put before and after a text
//   uint32 suffix[suffix]
//   Step   steps[normalizers + preTokenizers + decoders]
//   Instruction program[program] the patterns of the steps
//   uint32 setEnds[sets]        where the ranges of each set end in `ranges`
//   Range  ranges[ranges]       of each set in ascending order
//   char   tokenText[tokenText] tokens as tokenizer.json spells them
//   char   addedText[addedText] added tokens as they stand in the text that is searched
//   char   stepText[stepText]
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>

namespace cria::rt::tokenizer_format {

inline constexpr char magic[8] = {'C', 'R', 'I', 'A', 'T', 'O', 'K', '\n'};
inline constexpr uint32_t version = 2;
inline constexpr uint32_t maxIds = 1 << 24;
inline constexpr uint32_t maxSteps = 1 << 10; ///< of each of the three lists
inline constexpr uint32_t none = UINT32_MAX;  ///< no id, no set

struct Header {
  static constexpr uint32_t byteFallback = 1; ///< flag: unknown characters become <0xNN> tokens
  static constexpr uint32_t fuseUnknown = 2;  ///< flag: neighbouring unknown characters are one
  static constexpr uint32_t ignoreMerges = 4; ///< flag: a word in the vocabulary is its token

  char magic[8];
  uint32_t version;
  uint32_t ids, flags;
  uint32_t unknown; ///< the id of characters outside the vocabulary, or `none`: they vanish
  uint32_t wordSet; ///< the set of word characters, for Added::singleWord, or `none`
  uint32_t vocab, merges, rawAdded, added, prefix, suffix;
  uint32_t normalizers, preTokenizers, decoders;
  uint32_t program, sets, ranges;
  uint32_t tokenText, addedText, stepText; ///< bytes
};

/// `left` is known from the position of the merge.
struct Merge {
  uint32_t right, rank, result; ///< of two merges, the one of the lower rank comes first
};

struct Added {
  static constexpr uint32_t special = 1;    ///< flag: control, not text
  static constexpr uint32_t lstrip = 2;     ///< flag: takes the white space before it
  static constexpr uint32_t rstrip = 4;     ///< flag: and after it
  static constexpr uint32_t singleWord = 8; ///< flag: not beside a word character
  uint32_t id, textEnd, flags;              ///< textEnd is to addedText as tokenEnds to tokenText
};

enum class StepKind : uint32_t {
  // normalizers
  unicodeForm, ///< a: UnicodeForm
  lowercase,
  stripSpace, ///< a: 1 to strip the left end, 2 the right, 3 both
  prepend,    ///< text, to a text that is not empty
  // normalizers and decoders
  replace, ///< a: program; text: the content put in the place of each match
  // pre-tokenizers
  split,       ///< a: program; b: SplitBehavior; c: 1 to swap matches and gaps
  metaspace,   ///< a: the character put in the place of spaces; b: PrependScheme
  prefixSpace, ///< each word begins with a space
  byteLevel,   ///< bytes to their characters
  // decoders
  byteLevelDecode, ///< characters to their bytes
  byteFallback,    ///< <0xNN> to bytes
  fuse,            ///< all tokens become one
  stripCharacter,  ///< a: character; b: at most so many at the start; c: and at the end
  metaspaceDecode, ///< a: character; b: 1 if those of the first token were added
  joinWithSpaces,
  count
};

enum class UnicodeForm : uint32_t { nfc, nfd, nfkc, nfkd, count };
enum class SplitBehavior : uint32_t {
  isolated,
  removed,
  mergedWithPrevious,
  mergedWithNext,
  contiguous,
  count
};
enum class PrependScheme : uint32_t { first, always, never, count };

struct Step {
  StepKind kind;
  uint32_t a, b, c;
  uint32_t textEnd; ///< as tokenEnds, in stepText
};

/// A pattern is compiled to a backtracking machine (Thompson's instructions, as in Cox, "Regular
/// Expression Matching: the Virtual Machine Approach"), which begins at one instruction and
/// ends at `match`. A target is an index in `program`.
enum class Op : uint32_t {
  match,
  character,  ///< a: code point
  set,        ///< a: set
  repeat,     ///< a: set; at least b and at most c (none: any number) of it, as many as can be
  repeatLazy, ///< as few as can be
  repeatPossessive, ///< as many as can be, and never fewer
  jump,             ///< a: target
  split,            ///< a: target to try first; b: the other
  look,             ///< a: target after its body, which ends in `match`; b: Look
  behind,           ///< the same; c: how many characters before this place the body begins
  assertion,        ///< a: Assertion; b: the set of word characters
  count
};
enum class Look : uint32_t { positive, negative, atomic, count };
enum class Assertion : uint32_t {
  lineStart,
  lineEnd,
  textStart,
  textEnd,
  textEndOrNewline,
  wordBoundary,
  notWordBoundary,
  count
};

struct Instruction {
  Op op;
  uint32_t a, b, c;
};

/// Code points from first to last.
struct Range {
  uint32_t first, last;
};

} // namespace cria::rt::tokenizer_format

//===- TokenizerParts.cpp - tokenizer.cria, laid out ----------------------===//
#include "import/tokenizer/TokenizerParts.h"
#include "support/Error.h"
#include <algorithm>
#include <cstring>

namespace cria::import {

namespace format = rt::tokenizer_format;

namespace {

std::uint32_t narrow(size_t size) {
  if (size > UINT32_MAX)
    throw Error("tokenizer: " + std::to_string(size) + " bytes or entries are too many");
  return static_cast<std::uint32_t>(size);
}

/// The sections after the header, as they are filled.
struct Sections {
  std::vector<std::byte> bytes;

  template <class T>
  void add(const T *data, size_t count) {
    auto *begin = reinterpret_cast<const std::byte *>(data);
    bytes.insert(bytes.end(), begin, begin + count * sizeof(T));
  }
  template <class Container>
  void add(const Container &container) {
    add(container.data(), container.size());
  }
};

/// The text of all tokens, and where each ends.
struct TokenText {
  std::string text;
  std::vector<std::uint32_t> ends;

  explicit TokenText(const std::map<std::uint32_t, std::string> &tokens) {
    ends.reserve(tokens.rbegin()->first + 1);
    for (const auto &[id, bytes] : tokens) {
      ends.resize(id, narrow(text.size())); // ids without a token
      text += bytes;
      ends.push_back(narrow(text.size()));
    }
  }
};

/// `ids` in the order of their text.
std::vector<std::uint32_t> inOrder(const std::vector<std::uint32_t> &ids,
                                   const std::map<std::uint32_t, std::string> &tokens) {
  std::vector<std::pair<std::string_view, std::uint32_t>> keyed;
  for (std::uint32_t id : ids)
    keyed.emplace_back(tokens.at(id), id);
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::uint32_t> sorted;
  for (const auto &[bytes, id] : keyed)
    sorted.push_back(id);
  return sorted;
}

/// Merges by (left, right), and where those of each left part begin.
struct MergeTable {
  std::vector<format::Merge> merges;
  std::vector<std::uint32_t> starts;

  MergeTable(const std::vector<TokenizerParts::Merge> &given, size_t ids) : starts(ids + 1) {
    std::vector<std::uint32_t> order(narrow(given.size()));
    for (std::uint32_t i = 0; i < order.size(); ++i)
      order[i] = i;
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
      return std::tuple(given[a].left, given[a].right, b) <
             std::tuple(given[b].left, given[b].right, a);
    });
    for (size_t i = 0; i < order.size(); ++i) {
      const auto &merge = given[order[i]];
      if (i > 0 && same(given[order[i - 1]], merge))
        continue; // the last one, which came first here, counts
      merges.push_back({merge.right, merge.rank, merge.result});
      ++starts[merge.left + 1];
    }
    for (size_t id = 0; id < ids; ++id)
      starts[id + 1] += starts[id];
  }

private:
  static bool same(const TokenizerParts::Merge &a, const TokenizerParts::Merge &b) {
    return a.left == b.left && a.right == b.right;
  }
};

struct AddedTable {
  std::vector<format::Added> entries;
  std::string text;
  std::uint32_t raw = 0;

  explicit AddedTable(std::vector<TokenizerParts::Added> added) {
    std::sort(added.begin(), added.end(), [](const auto &a, const auto &b) {
      return std::tie(a.normalized, a.text) < std::tie(b.normalized, b.text);
    });
    for (const auto &token : added) {
      text += token.text;
      entries.push_back({token.id, narrow(text.size()), token.flags});
      raw += !token.normalized;
    }
  }
};

/// Steps of all places, one after another.
struct StepTable {
  std::vector<format::Step> entries;
  std::string text;

  explicit StepTable(const TokenizerParts &parts) {
    for (const auto *steps : {&parts.normalizers, &parts.preTokenizers, &parts.decoders}) {
      if (steps->size() > format::maxSteps)
        throw Error("tokenizer: more than " + std::to_string(format::maxSteps) + " steps");
      for (const TokenizerParts::Step &step : *steps) {
        text += step.text;
        entries.push_back({step.kind, step.a, step.b, step.c, narrow(text.size())});
      }
    }
  }
};

struct SetTable {
  std::vector<std::uint32_t> ends;
  std::vector<format::Range> ranges;

  explicit SetTable(const std::vector<CharSet> &sets) {
    for (const CharSet &set : sets) {
      ranges.insert(ranges.end(), set.ranges().begin(), set.ranges().end());
      ends.push_back(narrow(ranges.size()));
    }
  }
};

/// The set that Added::singleWord looks at, if there is such a token.
std::uint32_t addWordSet(TokenizerParts &parts) {
  bool needed = std::any_of(parts.added.begin(), parts.added.end(), [](const auto &token) {
    return (token.flags & format::Added::singleWord) != 0;
  });
  return needed ? parts.programs.add(namedSet("rustword")) : format::none;
}

} // namespace

std::vector<std::byte> pack(TokenizerParts parts) {
  TokenText tokens(parts.tokens);
  MergeTable merges(parts.merges, tokens.ends.size());
  AddedTable added(parts.added);
  StepTable steps(parts);
  std::uint32_t wordSet = addWordSet(parts);
  SetTable sets(parts.programs.sets);
  std::vector<std::uint32_t> vocab = inOrder(parts.vocab, parts.tokens);

  format::Header header{};
  std::memcpy(header.magic, format::magic, sizeof header.magic);
  header.version = format::version;
  header.ids = narrow(tokens.ends.size());
  header.flags = parts.flags;
  header.unknown = parts.unknown;
  header.wordSet = wordSet;
  header.vocab = narrow(vocab.size());
  header.merges = narrow(merges.merges.size());
  header.rawAdded = added.raw;
  header.added = narrow(added.entries.size());
  header.prefix = narrow(parts.prefix.size());
  header.suffix = narrow(parts.suffix.size());
  header.normalizers = narrow(parts.normalizers.size());
  header.preTokenizers = narrow(parts.preTokenizers.size());
  header.decoders = narrow(parts.decoders.size());
  header.program = narrow(parts.programs.code.size());
  header.sets = narrow(sets.ends.size());
  header.ranges = narrow(sets.ranges.size());
  header.tokenText = narrow(tokens.text.size());
  header.addedText = narrow(added.text.size());
  header.stepText = narrow(steps.text.size());

  Sections out;
  out.add(&header, 1);
  out.add(tokens.ends);
  out.add(vocab);
  out.add(merges.starts);
  out.add(merges.merges);
  out.add(added.entries);
  out.add(parts.prefix);
  out.add(parts.suffix);
  out.add(steps.entries);
  out.add(parts.programs.code);
  out.add(sets.ends);
  out.add(sets.ranges);
  out.add(tokens.text);
  out.add(added.text);
  out.add(steps.text);
  return std::move(out.bytes);
}

} // namespace cria::import

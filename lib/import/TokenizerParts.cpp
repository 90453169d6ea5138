#include "import/TokenizerParts.h"
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

/// The bytes of all tokens, and where each ends.
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

/// `ids` in the order of their bytes.
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

  MergeTable(const std::vector<TokenizerParts::Merge> &ranked, size_t ids) : starts(ids + 1) {
    std::vector<std::uint32_t> order(narrow(ranked.size()));
    for (std::uint32_t rank = 0; rank < order.size(); ++rank)
      order[rank] = rank;
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
      return std::pair(ranked[a].left, ranked[a].right) <
             std::pair(ranked[b].left, ranked[b].right);
    });
    for (std::uint32_t rank : order) {
      merges.push_back({ranked[rank].right, rank, ranked[rank].result});
      ++starts[ranked[rank].left + 1];
    }
    for (size_t id = 0; id < ids; ++id)
      starts[id + 1] += starts[id];
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

} // namespace

std::vector<std::byte> pack(const TokenizerParts &parts) {
  TokenText tokens(parts.tokens);
  MergeTable merges(parts.merges, tokens.ends.size());
  AddedTable added(parts.added);
  std::vector<std::uint32_t> words = inOrder(parts.words, parts.tokens);

  format::Header header{};
  std::memcpy(header.magic, format::magic, sizeof header.magic);
  header.version = format::version;
  header.ids = narrow(tokens.ends.size());
  header.words = narrow(words.size());
  header.merges = narrow(merges.merges.size());
  header.rawAdded = added.raw;
  header.added = narrow(added.entries.size());
  header.prefix = narrow(parts.prefix.size());
  header.suffix = narrow(parts.suffix.size());
  header.tokenText = narrow(tokens.text.size());
  header.addedText = narrow(added.text.size());
  header.pattern = narrow(parts.pattern.size());

  Sections out;
  out.add(&header, 1);
  out.add(tokens.ends);
  out.add(parts.byteTokens);
  out.add(words);
  out.add(merges.starts);
  out.add(merges.merges);
  out.add(added.entries);
  out.add(parts.prefix);
  out.add(parts.suffix);
  out.add(tokens.text);
  out.add(added.text);
  out.add(parts.pattern);
  return std::move(out.bytes);
}

} // namespace cria::import

//===- fault.hpp - A fault of a spec, as a value ----------------*- C++ -*-===//
#pragma once
#include "cria/spec/count.hpp"
#include <compare>
#include <cstddef>

namespace cria::spec {

/// A word or a number within a message.
struct piece {
  const char *word = nullptr;
  idx number = 0;

  constexpr piece() = default;
  constexpr piece(const char *word) : word(word) {}
  constexpr piece(idx number) : number(number) {}
  constexpr piece(const char *word, idx number) : word(word), number(number) {}
};

/// A message and the path of blocks to the fault. It is formatted only where it is reported, so
/// specs without faults pay nothing for messages.
struct fault {
  static constexpr int deepest = 8;
  const char *sentence = nullptr; ///< each "{}" is replaced by the next of `pieces`; null: no fault
  piece pieces[4];
  piece path[deepest]; ///< block names, innermost first; numbers above 1 tell equal names apart
  int depth = 0;       ///< entries of `path`

  constexpr explicit operator bool() const { return sentence != nullptr; }

  /// The same fault, seen from the enclosing block. The outermost names are dropped if there are
  /// too many.
  constexpr fault inside(piece block) const {
    fault outer = *this;
    if (outer.depth < deepest)
      outer.path[outer.depth++] = block;
    return outer;
  }

  /// Passes each character of "path: sentence" to `put`.
  template <typename Put>
  constexpr void say(Put &&put) const {
    for (int i = depth; i-- > 0;) {
      say(path[i].word, put);
      if (path[i].number > 1)
        say(path[i].number, put);
      say(i ? "." : ": ", put);
    }
    const piece *next = pieces;
    for (const char *c = sentence; *c; ++c) {
      if (c[0] != '{' || c[1] != '}') {
        put(*c);
        continue;
      }
      next->word ? say(next->word, put) : say(next->number, put);
      ++next, ++c;
    }
  }

private:
  template <typename Put>
  static constexpr void say(const char *word, Put &put) {
    while (*word)
      put(*word++);
  }
  template <typename Put>
  static constexpr void say(idx number, Put &put) {
    if (number < 0)
      put('-');
    char digits[20]{};
    int n = 0;
    do
      digits[n++] = static_cast<char>('0' + (number < 0 ? -(number % 10) : number % 10));
    while (number /= 10);
    while (n)
      put(digits[--n]);
  }
};

/// A string of exact length that can be a template argument, so that compilers print it.
template <std::size_t N>
struct text {
  char chars[N + 1]{};
  constexpr const char *data() const { return chars; }
  constexpr std::size_t size() const { return N; }
  constexpr auto operator<=>(const text &) const = default;
};

} // namespace cria::spec

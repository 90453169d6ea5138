#include "import/SplitPattern.h"
#include "support/Error.h"
#include <cctype>

namespace cria::import {
namespace {

/// White_Space; PCRE2's own \s has U+180E too, which left that property in Unicode 6.3.
constexpr std::string_view space = R"(\t-\r \x{85}\p{Z})";

class Translator {
public:
  explicit Translator(std::string_view pattern) : rest_(pattern) {}

  std::string run() {
    while (!rest_.empty())
      element();
    return std::move(out_);
  }

private:
  void element() {
    switch (rest_[0]) {
    case '\\':
      return escape(/*inClass=*/false);
    case '[':
      return characterClass();
    case '(':
      return group();
    case '{':
      return interval();
    case '.':
    case '^':
    case '$':
      refuse(1);
    default:
      return take(1);
    }
  }

  /// Opens a group; those that set options for the rest of a pattern have another scope.
  void group() {
    for (std::string_view opening : {"(?:", "(?i:", "(?=", "(?!", "(?<=", "(?<!", "(?>"})
      if (rest_.starts_with(opening))
        return take(opening.size());
    if (rest_.starts_with("(?") || rest_.starts_with("(*"))
      refuse(4);
    take(1);
  }

  /// {n}, {n,} or {n,m}. A sign that follows means another thing in each engine.
  void interval() {
    size_t i = 1;
    auto digits = [&] {
      size_t begin = i;
      while (i < rest_.size() && std::isdigit(static_cast<unsigned char>(rest_[i])))
        ++i;
      return i - begin;
    };
    if (digits() == 0)
      refuse(i + 1);
    if (rest_.substr(i).starts_with(',')) {
      ++i;
      digits();
    }
    if (!rest_.substr(i).starts_with('}') || rest_.substr(i + 1).starts_with('+') ||
        rest_.substr(i + 1).starts_with('?'))
      refuse(i + 2);
    take(i + 1);
  }

  void characterClass() {
    take(rest_.starts_with("[^") ? 2 : 1);
    if (rest_.starts_with(']'))
      refuse(1);
    while (!rest_.starts_with(']')) {
      if (rest_.empty())
        throw Error("a [ without its ]");
      if (rest_[0] == '[' || rest_.starts_with("&&"))
        refuse(2); // nested, intersected
      if (rest_[0] == '\\')
        escape(/*inClass=*/true);
      else
        take(1);
    }
    take(1);
  }

  void escape(bool inClass) {
    if (rest_.size() < 2)
      refuse(1);
    char c = rest_[1];
    if (c == 's')
      return replace(2, inClass ? std::string(space) : "[" + std::string(space) + "]");
    if (c == 'S' && !inClass)
      return replace(2, "[^" + std::string(space) + "]");
    if (c == 'p' || c == 'P')
      return category();
    constexpr std::string_view alike = "rntfdD";
    if (!std::ispunct(static_cast<unsigned char>(c)) && alike.find(c) == alike.npos)
      refuse(2);
    take(2);
  }

  /// \p{L} or \p{Lu}: a general category.
  void category() {
    size_t close = rest_.find('}');
    bool good = rest_.substr(2).starts_with('{') && (close == 4 || close == 5);
    for (size_t i = 3; good && i < close; ++i)
      good = i == 3 ? std::isupper(static_cast<unsigned char>(rest_[i])) != 0
                    : std::islower(static_cast<unsigned char>(rest_[i])) != 0;
    if (!good)
      refuse(close == rest_.npos ? 2 : close + 1);
    take(close + 1);
  }

  void take(size_t count) { replace(count, std::string(rest_.substr(0, count))); }
  void replace(size_t count, const std::string &by) {
    out_ += by;
    rest_.remove_prefix(count);
  }
  [[noreturn]] void refuse(size_t count) const {
    throw Error("\"" + std::string(rest_.substr(0, count)) + "\" is not supported in a pattern");
  }

  std::string_view rest_;
  std::string out_;
};

} // namespace

std::string toPcre2(std::string_view pattern) { return Translator(pattern).run(); }

} // namespace cria::import

//===- LineDiff.cpp - Two texts line by line ------------------------------===//
#include "report/LineDiff.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;

namespace cria::report {
namespace {

/// A part of both texts: [firstA, endA) and [firstB, endB).
struct Range {
  std::size_t firstA, endA, firstB, endB;
};
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// Tables of more cells take too long; such parts count as replaced.
constexpr std::size_t mostCells = 4'000'000;

class Matcher {
public:
  Matcher(ArrayRef<std::string> a, ArrayRef<std::string> b) : a(a), b(b) {}

  void match(Range range) {
    while (range.firstA < range.endA && range.firstB < range.endB &&
           a[range.firstA] == b[range.firstB])
      pairs.push_back({range.firstA++, range.firstB++});
    Pairs tail;
    while (range.firstA < range.endA && range.firstB < range.endB &&
           a[range.endA - 1] == b[range.endB - 1])
      tail.push_back({--range.endA, --range.endB});
    Pairs anchors = increasing(uniqueLines(range));
    if (anchors.empty())
      matchByTable(range);
    for (auto [inA, inB] : anchors) {
      match({range.firstA, inA, range.firstB, inB});
      pairs.push_back({inA, inB});
      range.firstA = inA + 1;
      range.firstB = inB + 1;
    }
    if (!anchors.empty())
      match(range);
    pairs.insert(pairs.end(), tail.rbegin(), tail.rend());
  }

  Pairs pairs;

private:
  /// Lines that occur once in both parts, in the order of the first.
  Pairs uniqueLines(Range range) const {
    struct Places {
      std::size_t countA = 0, countB = 0, inB = 0;
    };
    StringMap<Places> places;
    for (std::size_t i = range.firstA; i < range.endA; ++i)
      ++places[a[i]].countA;
    for (std::size_t i = range.firstB; i < range.endB; ++i) {
      Places &found = places[b[i]];
      ++found.countB;
      found.inB = i;
    }
    Pairs unique;
    for (std::size_t i = range.firstA; i < range.endA; ++i)
      if (const Places &found = places[a[i]]; found.countA == 1 && found.countB == 1)
        unique.push_back({i, found.inB});
    return unique;
  }

  /// The longest part of `all` that is in order in the second text too.
  static Pairs increasing(const Pairs &all) {
    std::vector<std::size_t> ends, before(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto place =
          partition_point(ends, [&](std::size_t end) { return all[end].second < all[i].second; });
      before[i] = place == ends.begin() ? all.size() : *std::prev(place);
      if (place == ends.end())
        ends.push_back(i);
      else
        *place = i;
    }
    Pairs longest;
    for (std::size_t i = ends.empty() ? all.size() : ends.back(); i < all.size(); i = before[i])
      longest.push_back(all[i]);
    std::reverse(longest.begin(), longest.end());
    return longest;
  }

  void matchByTable(Range range) {
    std::size_t rows = range.endA - range.firstA, columns = range.endB - range.firstB;
    if (!rows || !columns || rows > mostCells / columns)
      return;
    std::vector<std::vector<unsigned>> length(rows + 1, std::vector<unsigned>(columns + 1));
    for (std::size_t i = rows; i-- > 0;)
      for (std::size_t j = columns; j-- > 0;)
        length[i][j] = a[range.firstA + i] == b[range.firstB + j]
                           ? length[i + 1][j + 1] + 1
                           : std::max(length[i + 1][j], length[i][j + 1]);
    for (std::size_t i = 0, j = 0; i < rows && j < columns;)
      if (a[range.firstA + i] == b[range.firstB + j])
        pairs.push_back({range.firstA + i++, range.firstB + j++});
      else
        ++(length[i + 1][j] >= length[i][j + 1] ? i : j);
  }

  ArrayRef<std::string> a, b;
};

} // namespace

std::string withoutNumbers(StringRef line) {
  std::string text;
  line = line.ltrim();
  while (!line.empty()) {
    text += line.front();
    bool isName = line.front() == '%';
    line = line.drop_front();
    if (isName)
      line = line.drop_while([](char c) { return isDigit(c); });
  }
  return text;
}

Pairs sameLines(ArrayRef<std::string> before, ArrayRef<std::string> after) {
  Matcher matcher(before, after);
  matcher.match({0, before.size(), 0, after.size()});
  return std::move(matcher.pairs);
}

} // namespace cria::report

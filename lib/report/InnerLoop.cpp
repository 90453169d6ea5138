//===- InnerLoop.cpp - The loop a kernel spends its time in ---------------===//
#include "report/InnerLoop.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <vector>

using namespace llvm;

namespace cria::report {
namespace {

/// A label, and a jump back to it.
struct Loop {
  std::int64_t first, last;
};

bool isInstruction(StringRef line) {
  StringRef text = line.ltrim();
  return text.size() < line.size() && !text.empty() && !StringRef(".#/").contains(text.front());
}

StringRef nameOf(StringRef line) {
  return line.ltrim().take_until([](char c) { return isSpace(c); });
}

bool isCall(StringRef line) {
  return is_contained({"callq", "call", "bl", "blr", "jalr"}, nameOf(line));
}

/// The label that an instruction jumps to, or nothing.
StringRef destination(StringRef line) {
  if (!isInstruction(line) || isCall(line))
    return "";
  StringRef text = line.rtrim(), last = text.drop_front(text.find_last_of(" \t") + 1);
  return last.starts_with(".L") ? last : "";
}

std::vector<Loop> loopsOf(ArrayRef<StringRef> lines) {
  StringMap<std::int64_t> labels;
  std::vector<Loop> loops;
  for (auto [at, line] : enumerate(lines)) {
    if (line.starts_with(".L") && line.contains(':'))
      labels[line.split(':').first] = at;
    else if (auto label = labels.find(destination(line)); label != labels.end())
      loops.push_back({label->second, std::int64_t(at)});
  }
  return loops;
}

/// Whether each round of `loop` runs every line of it once.
bool isStraight(const Loop &loop, ArrayRef<StringRef> lines) {
  ArrayRef<StringRef> inside = lines.slice(loop.first + 1, loop.last - loop.first - 1);
  return none_of(inside, [](StringRef line) {
    return isCall(line) || line.starts_with(".L") || !destination(line).empty();
  });
}

/// Of numbers, not addresses: x86-64, AArch64 and RISC-V.
constexpr StringLiteral products[] = {"fmadd", "fnmadd", "fmla", "dp",
                                      "dot",   "mmla",   "mul",  "macc"};

std::int64_t multiplications(ArrayRef<StringRef> lines) {
  return count_if(lines, [](StringRef line) {
    return any_of(products, [&](StringRef part) { return nameOf(line).contains(part); });
  });
}

} // namespace

std::optional<InnerLoop> innerLoop(ArrayRef<StringRef> kernel, std::int64_t begin) {
  std::vector<Loop> loops = loopsOf(kernel);
  std::optional<InnerLoop> best;
  std::int64_t most = -1;
  for (const Loop &loop : loops) {
    ArrayRef<StringRef> lines = kernel.slice(loop.first, loop.last - loop.first + 1);
    std::int64_t depth = count_if(loops, [&](const Loop &outer) {
      return outer.first <= loop.first && loop.last <= outer.last;
    });
    // A loop around it is taken to run it several times.
    std::int64_t work = multiplications(lines) << std::min<std::int64_t>(depth, 32);
    if (!isStraight(loop, kernel) || work <= most)
      continue;
    most = work;
    best = {begin + loop.first + 1, begin + loop.last, count_if(lines, isInstruction)};
  }
  return best;
}

} // namespace cria::report

//===- PatternCompiler.cpp - Patterns to programs of tokenizer.cria -------===//
#include "import/tokenizer/PatternCompiler.h"
#include "support/Error.h"
#include <algorithm>

namespace cria::import {

using namespace rt::tokenizer_format;

uint32_t Programs::add(const CharSet &set) {
  auto at = std::find(sets.begin(), sets.end(), set);
  if (at == sets.end())
    at = sets.insert(at, set);
  return static_cast<uint32_t>(at - sets.begin());
}

namespace {

constexpr size_t mostInstructions = 1 << 14;

class Compiler {
public:
  explicit Compiler(Programs &programs) : programs_(programs), code_(programs.code) {}

  void emit(const Pattern &pattern) {
    switch (pattern.kind) {
    case Pattern::set:
      return emitSet(pattern.characters);
    case Pattern::sequence:
      for (const Pattern &part : pattern.parts)
        emit(part);
      return;
    case Pattern::choice:
      return emitChoice(pattern.parts);
    case Pattern::repeat:
      return emitRepeat(pattern);
    case Pattern::look:
      return emitLook(pattern, Op::look, 0);
    case Pattern::behind:
      return emitLook(pattern, Op::behind, *lengthOf(pattern.parts[0]));
    case Pattern::atomic:
      return emitLook(pattern, Op::look, 0);
    case Pattern::assertion:
      append({Op::assertion, static_cast<uint32_t>(pattern.where), programs_.add(namedSet("word")),
              0});
    }
  }

  uint32_t append(Instruction instruction) {
    if (code_.size() >= mostInstructions)
      throw Error("the pattern is too large");
    code_.push_back(instruction);
    return here() - 1;
  }

private:
  uint32_t here() const { return static_cast<uint32_t>(code_.size()); }

  void emitSet(const CharSet &set) {
    if (set.ranges().size() == 1 && set.ranges()[0].first == set.ranges()[0].last)
      append({Op::character, set.ranges()[0].first, 0, 0});
    else
      append({Op::set, programs_.add(set), 0, 0});
  }

  void emitChoice(const std::vector<Pattern> &parts) {
    std::vector<uint32_t> jumps;
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
      uint32_t split = append({Op::split, here() + 1, 0, 0});
      emit(parts[i]);
      jumps.push_back(append({Op::jump, 0, 0, 0}));
      code_[split].b = here();
    }
    emit(parts.back());
    for (uint32_t jump : jumps)
      code_[jump].a = here();
  }

  void emitRepeat(const Pattern &pattern) {
    const Pattern &part = pattern.parts[0];
    if (part.kind == Pattern::set) {
      Op op = pattern.greed == Pattern::greedy ? Op::repeat
              : pattern.greed == Pattern::lazy ? Op::repeatLazy
                                               : Op::repeatPossessive;
      append({op, programs_.add(part.characters), pattern.least, pattern.most});
      return;
    }
    if (matchesEmpty(part))
      throw Error("the pattern repeats what may be empty");
    if (pattern.greed != Pattern::possessive)
      return emitCopies(part, pattern);
    uint32_t look = append({Op::look, 0, static_cast<uint32_t>(Look::atomic), 0});
    emitCopies(part, pattern);
    append({Op::match, 0, 0, 0});
    code_[look].a = here();
  }

  void emitCopies(const Pattern &part, const Pattern &repeat) {
    for (uint32_t i = 0; i < repeat.least; ++i)
      emit(part);
    if (repeat.most == none) {
      uint32_t split = append({Op::split, 0, 0, 0});
      emit(part);
      append({Op::jump, split, 0, 0});
      return branch(split, repeat.greed);
    }
    std::vector<uint32_t> splits;
    for (uint32_t i = repeat.least; i < repeat.most; ++i) {
      splits.push_back(append({Op::split, 0, 0, 0}));
      emit(part);
    }
    for (uint32_t split : splits)
      branch(split, repeat.greed);
  }

  /// `split` goes on into the body behind it or here, whichever is to be tried first.
  void branch(uint32_t split, Pattern::Greed greed) {
    bool lazy = greed == Pattern::lazy;
    code_[split].a = lazy ? here() : split + 1;
    code_[split].b = lazy ? split + 1 : here();
  }

  void emitLook(const Pattern &pattern, Op op, uint32_t length) {
    Look kind = pattern.kind == Pattern::atomic ? Look::atomic
                : pattern.negative              ? Look::negative
                                                : Look::positive;
    uint32_t look = append({op, 0, static_cast<uint32_t>(kind), length});
    emit(pattern.parts[0]);
    append({Op::match, 0, 0, 0});
    code_[look].a = here();
  }

  Programs &programs_;
  std::vector<Instruction> &code_;
};

} // namespace

uint32_t compilePattern(const Pattern &pattern, Programs &programs) {
  if (matchesEmpty(pattern))
    throw Error("the pattern may match the empty text");
  auto begin = static_cast<uint32_t>(programs.code.size());
  Compiler compiler(programs);
  compiler.emit(pattern);
  compiler.append({Op::match, 0, 0, 0});
  return begin;
}

} // namespace cria::import

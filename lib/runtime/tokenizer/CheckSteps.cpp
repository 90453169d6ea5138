//===- CheckSteps.cpp - Steps and patterns of tokenizer.cria, checked -----===//
#include "runtime/tokenizer/CheckSteps.h"

namespace cria::rt {

using namespace tokenizer_format;

namespace {

template <class Enum>
bool isOf(uint32_t value) {
  return value < static_cast<uint32_t>(Enum::count);
}

/// A character that UTF-8 can encode.
bool isCharacter(uint32_t code) { return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff); }

bool isGoodInstruction(const Instruction &instruction, size_t size, uint32_t sets) {
  switch (instruction.op) {
  case Op::match:
    return true;
  case Op::character:
    return isCharacter(instruction.a);
  case Op::set:
    return instruction.a < sets;
  case Op::repeat:
  case Op::repeatLazy:
  case Op::repeatPossessive:
    return instruction.a < sets && instruction.b <= instruction.c;
  case Op::jump:
    return instruction.a < size;
  case Op::split:
    return instruction.a < size && instruction.b < size;
  case Op::look:
  case Op::behind:
    return instruction.a < size && isOf<Look>(instruction.b);
  case Op::assertion:
    return isOf<Assertion>(instruction.a) && instruction.b < sets;
  default:
    return false;
  }
}

} // namespace

bool isGoodProgram(std::span<const Instruction> program, uint32_t sets) {
  for (const Instruction &instruction : program)
    if (!isGoodInstruction(instruction, program.size(), sets))
      return false;
  // No instruction falls through the end.
  return program.empty() || program.back().op == Op::match || program.back().op == Op::jump;
}

bool isGoodStep(const Step &step, StepPlace place, size_t programSize) {
  switch (step.kind) {
  case StepKind::unicodeForm:
    return place == StepPlace::normalizer && isOf<UnicodeForm>(step.a);
  case StepKind::lowercase:
  case StepKind::prepend:
    return place == StepPlace::normalizer;
  case StepKind::stripSpace:
    return place == StepPlace::normalizer && step.a >= 1 && step.a <= 3;
  case StepKind::replace:
    return place != StepPlace::preTokenizer && step.a < programSize;
  case StepKind::split:
    return place == StepPlace::preTokenizer && step.a < programSize &&
           isOf<SplitBehavior>(step.b) && step.c <= 1;
  case StepKind::metaspace:
    return place == StepPlace::preTokenizer && isCharacter(step.a) && isOf<PrependScheme>(step.b);
  case StepKind::prefixSpace:
  case StepKind::byteLevel:
    return place == StepPlace::preTokenizer;
  case StepKind::byteLevelDecode:
  case StepKind::byteFallback:
  case StepKind::fuse:
  case StepKind::joinWithSpaces:
    return place == StepPlace::decoder;
  case StepKind::stripCharacter:
    return place == StepPlace::decoder && isCharacter(step.a);
  case StepKind::metaspaceDecode:
    return place == StepPlace::decoder && isCharacter(step.a) && step.b <= 1;
  default:
    return false;
  }
}

} // namespace cria::rt

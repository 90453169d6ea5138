//===- CheckSteps.h - Steps and patterns of tokenizer.cria, checked -*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/TokenizerFormat.h"
#include <cstddef>
#include <span>

namespace cria::rt {

/// Whether each instruction is one, points inside the program and to a set of [0, sets), and none
/// runs past the end.
bool isGoodProgram(std::span<const tokenizer_format::Instruction> program, uint32_t sets);

/// The list that a step stands in.
enum class StepPlace { normalizer, preTokenizer, decoder };

/// Whether `step` may stand in `place`, with arguments that mean something.
bool isGoodStep(const tokenizer_format::Step &step, StepPlace place, size_t programSize);

} // namespace cria::rt

//===- TokenizerSteps.h - Steps of tokenizer.json ---------------*- C++ -*-===//
#pragma once
#include "import/Fields.h"
#include "import/tokenizer/TokenizerParts.h"

namespace cria::import {

/// Each appends the steps of one part of tokenizer.json to those of `parts`, in the terms of
/// runtime/tokenizer/TokenizerFormat.h. Throws a cria::Error that names the field for a step
/// that the runtime does not do as `tokenizers` does.
void readNormalizer(const Fields &step, TokenizerParts &parts);
void readPreTokenizer(const Fields &step, TokenizerParts &parts);
void readDecoder(const Fields &step, TokenizerParts &parts);

/// Sets the tokens put before and after a text.
void readPostProcessor(const Fields &step, TokenizerParts &parts);

/// The program of `step.pattern`, {"Regex": …} or {"String": …}.
std::uint32_t readPattern(const Fields &step, TokenizerParts &parts);

/// `field`, which must be one character.
char32_t readCharacter(const Fields &step, std::string_view field,
                       std::optional<std::string> otherwise = {});

/// Refuses `step` by its type; `known` lists those that are taken.
[[noreturn]] void refuseType(const Fields &step, const char *known);

} // namespace cria::import

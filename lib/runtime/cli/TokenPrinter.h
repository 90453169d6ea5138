//===- TokenPrinter.h - Shows tokens as they come ---------------*- C++ -*-===//
#pragma once
#include "runtime/Model.h"
#include "runtime/cli/Options.h"
#include "runtime/cli/TextStream.h"

namespace cria::rt {

/// Prints the tokens of one answer to standard output, as text or as ids. Text is needed, and
/// with it a tokenizer, for --stop as well.
class TokenPrinter {
public:
  /// Throws a cria::Error if there is no tokenizer to print text with.
  TokenPrinter(const Model &model, const Options &options);

  /// Says which tokens come before the answer: a stop string may begin in their text.
  void setPrompt(std::span<const int32_t> tokens);

  /// False once a stop string has come.
  bool print(int32_t token);
  /// The answer is complete: prints what was held back, and ends the line.
  void finish();

private:
  void show(const std::string &text) const;

  const Tokenizer *tokenizer_ = nullptr; ///< null if no text is needed
  std::optional<Tokenizer::Stream> decoding_;
  TextStream stream_;
  bool ids_, first_ = true;
};

} // namespace cria::rt

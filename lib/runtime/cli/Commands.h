//===- Commands.h - What the program can do ---------------------*- C++ -*-===//
#pragma once
#include "runtime/cli/Generator.h"
#include "runtime/cli/TokenPrinter.h"

namespace cria::rt {

/// Prints "PROGRAM: MESSAGE" to standard error.
void complain(const std::string &program, const std::string &message);

/// One use of the program. Members throw cria::Error and OutputClosed.
struct Command {
  std::shared_ptr<const Model> model;
  const Options &options;
  Stats &stats;
  const std::string &program;

  /// --check-weights
  void checkWeights() const;
  /// --perplexity
  void perplexity() const;
  /// --kl
  void divergence() const;
  /// --logprobs
  void logProbs() const;
  /// --embeddings
  void embeddings() const;
  /// Continues the prompt.
  void once() const;
  /// --interactive: continues each line of standard input.
  void prompts() const;
  /// --interactive --chat: answers each line in one dialogue.
  void chat() const;

private:
  Session newSession() const;
  std::vector<int32_t> promptTokens() const;
  std::vector<int32_t> encode(std::string_view text) const;
  void read(Session &session, Generator &generator, std::span<const int32_t> prompt) const;
  void readAndDump(Generator &generator, std::span<const int32_t> prompt) const;
  void readCached(Session &session, Generator &generator, std::span<const int32_t> prompt) const;
  /// Prints an answer and appends it to `tokens`.
  Generator::End answer(Generator &generator, TokenPrinter &printer, std::vector<int32_t> &tokens,
                        std::optional<int32_t> end = {}) const;
  void sayContextIsFull() const;
};

} // namespace cria::rt

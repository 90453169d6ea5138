#include "runtime/cli/Commands.h"
#include "runtime/Fail.h"
#include "runtime/cli/Dialogue.h"
#include "runtime/cli/NpyWriter.h"
#include "runtime/cli/Output.h"
#include "runtime/cli/Perplexity.h"
#include "runtime/cli/ReadText.h"
#include "runtime/cli/TokenPrinter.h"
#include <algorithm>
#include <iostream>
#include <unistd.h>

namespace cria::rt {
namespace {

/// The next line of standard input that is not empty; nothing at its end.
std::optional<std::string> nextLine() {
  std::string line;
  do {
    if (isatty(STDIN_FILENO))
      std::fputs("> ", stderr);
    if (!std::getline(std::cin, line))
      return std::nullopt;
  } while (line.empty());
  return line;
}

} // namespace

void complain(const std::string &program, const std::string &message) {
  std::fputs((program + ": " + message + "\n").c_str(), stderr);
}

void Command::checkWeights() const {
  model->weights().checkFinite();
  writeOutput(fmt::format("all {} tensors are finite\n", model->compiled().weight_slots));
}

void Command::perplexity() const {
  const Tokenizer &tokenizer = model->tokenizer();
  auto tokens = tokenizer.encode(readText(options.perplexity), true, true);
  Session session(model);
  Stopwatch watch;
  auto [value, count] = measurePerplexity(session, tokens);
  stats.prefillSeconds = watch.seconds();
  stats.prefillTokens = static_cast<int64_t>(tokens.size());
  writeOutput(fmt::format("perplexity {:.4f} over {} tokens\n", value, count));
}

void Command::once() const {
  auto prompt = promptTokens();
  Session session(model);
  Generator generator(session, options, stats);
  if (options.maxTokens == 0)
    return readAndDump(generator, prompt);
  TokenPrinter printer(*model, options); // may refuse: before the work, not after
  readAndDump(generator, prompt);
  std::optional<int32_t> end;
  if (options.chat)
    end = Dialogue(*model, options).end();
  std::vector<int32_t> tokens;
  if (answer(generator, printer, tokens, end) == Generator::End::context)
    sayContextIsFull();
}

void Command::prompts() const {
  Session session(model);
  const Tokenizer &tokenizer = model->tokenizer();
  while (auto line = nextLine()) {
    session.reset();
    Generator generator(session, options, stats);
    try {
      generator.read(tokenizer.encode(*line, true, true));
    } catch (const Error &error) {
      complain(program, error.what());
      continue;
    }
    TokenPrinter printer(*model, options);
    std::vector<int32_t> tokens;
    if (answer(generator, printer, tokens) == Generator::End::context)
      sayContextIsFull();
  }
}

void Command::chat() const {
  Session session(model);
  Generator generator(session, options, stats);
  Dialogue dialogue(*model, options);
  std::vector<int32_t> tokens; // of the dialogue so far, as the model has read or said them
  while (auto line = nextLine()) {
    dialogue.ask(*line);
    auto prompt = dialogue.prompt();
    // At least one token is read: the logits are those after the last.
    size_t known = std::min(commonPrefix(tokens, prompt), prompt.size() - !prompt.empty());
    generator.keep(static_cast<int64_t>(known));
    auto rest = std::span(prompt).subspan(known);
    if (!tokens.empty() && std::ssize(rest) > generator.room())
      return sayContextIsFull();
    generator.read(rest);
    TokenPrinter printer(*model, options);
    tokens = prompt;
    auto reason = answer(generator, printer, tokens, dialogue.end());
    if (reason == Generator::End::context)
      return sayContextIsFull();
    dialogue.answer(std::span(tokens).subspan(prompt.size()));
  }
}

std::vector<int32_t> Command::promptTokens() const {
  if (options.tokenIds)
    return *options.tokenIds;
  std::string text = options.prompt ? *options.prompt : readText(*options.promptFile);
  if (!options.chat)
    return model->tokenizer().encode(text, /*addSpecial=*/true, /*parseSpecial=*/true);
  Dialogue dialogue(*model, options);
  dialogue.ask(text);
  return dialogue.prompt();
}

void Command::readAndDump(Generator &generator, std::span<const int32_t> prompt) const {
  if (options.dumpLogits.empty())
    return generator.read(prompt);
  NpyWriter file(options.dumpLogits, static_cast<int64_t>(prompt.size()), model->compiled().vocab);
  generator.read(prompt, [&](int64_t, std::span<const float> logits) { file.write(logits); });
  file.commit();
}

Generator::End Command::answer(Generator &generator, TokenPrinter &printer,
                               std::vector<int32_t> &tokens, std::optional<int32_t> end) const {
  auto put = [&](int32_t token) {
    tokens.push_back(token);
    return printer.print(token);
  };
  auto reason = generator.write(put, end);
  printer.finish();
  return reason;
}

void Command::sayContextIsFull() const {
  complain(program, fmt::format("the context of {} tokens is full", model->compiled().max_seq));
}

} // namespace cria::rt

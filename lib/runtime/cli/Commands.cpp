//===- Commands.cpp - What the program can do -----------------------------===//
#include "runtime/cli/Commands.h"
#include "runtime/Fail.h"
#include "runtime/SessionFile.h"
#include "runtime/cli/Dialogue.h"
#include "runtime/cli/LogProbs.h"
#include "runtime/cli/NpyWriter.h"
#include "runtime/cli/Output.h"
#include "runtime/cli/Perplexity.h"
#include "runtime/cli/ReadText.h"
#include "runtime/cli/TokenPrinter.h"
#include "support/FilesRead.h"
#include "support/Interrupt.h"
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <unistd.h>

namespace cria::rt {
namespace {

/// The next line of standard input that is not empty; nothing at its end.
std::optional<std::string> nextLine() {
  // Somebody types: they see a marker.
  bool terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
  std::string line;
  do {
    if (terminal)
      std::fputs("> ", stderr);
    if (!std::getline(std::cin, line)) {
      if (terminal)
        std::fputs("\n", stderr);
      return std::nullopt;
    }
  } while (line.empty());
  return line;
}

} // namespace

void complain(const std::string &program, const std::string &message) {
  std::fputs((program + ": " + message + "\n").c_str(), stderr);
}

Session Command::newSession() const {
  Session session(model, options.context);
  session.profile(stats.kernels ? &*stats.kernels : nullptr);
  return session;
}

void Command::checkWeights() const {
  model->weights().checkFinite();
  writeOutput(fmt::format("all {} tensors are finite\n", model->compiled().weight_slots));
}

void Command::perplexity() const {
  constexpr int64_t usual = 512; // llama.cpp's
  int64_t most = options.context ? options.context : std::min(usual, model->compiled().max_seq);
  auto tokens = model->tokenizer().encode(readText(options.perplexity), /*addSpecial=*/true,
                                          /*parseSpecial=*/false);
  Windows windows = cutText(*model, std::move(tokens), most);
  Session session = newSession();
  Interrupt interrupt;
  Stopwatch watch;
  printPerplexity(session, windows, options.klBase, program, throwIfInterrupted);
  stats.prefillSeconds = watch.seconds();
  stats.prefillTokens = std::ssize(windows.tokens);
}

void Command::divergence() const {
  Session session = newSession();
  KlBase base = KlBase::open(options.kl, *model, session.context());
  Interrupt interrupt;
  Stopwatch watch;
  printDivergence(session, base, program, throwIfInterrupted);
  stats.prefillSeconds = watch.seconds();
  stats.prefillTokens = std::ssize(base.windows().tokens);
}

void Command::logProbs() const {
  auto prompt = promptTokens();
  Session session = newSession();
  Interrupt interrupt;
  printLogProbs(session, prompt, *options.logProbs, throwIfInterrupted);
}

void Command::embeddings() const {
  auto prompt = promptTokens();
  Session session = newSession();
  Interrupt interrupt;
  NpyWriter file(options.embeddings, std::ssize(prompt), model->compiled().hidden);
  session.prefillStates(
      prompt, [&](int64_t, std::span<const float> state) { file.write(state); },
      throwIfInterrupted);
  file.commit();
}

void Command::once() const {
  auto prompt = promptTokens();
  Session session = newSession();
  Generator generator(session, options, stats);
  Interrupt interrupt;
  if (options.maxTokens == 0)
    return read(session, generator, prompt);
  TokenPrinter printer(*model, options); // may refuse: before the work, not after
  printer.setPrompt(prompt);
  read(session, generator, prompt);
  std::optional<int32_t> end;
  if (options.chat)
    end = Dialogue(*model, options).end();
  std::vector<int32_t> tokens;
  auto reason = answer(generator, printer, tokens, end);
  if (reason == Generator::End::context)
    sayContextIsFull();
  if (reason == Generator::End::interrupted)
    throw Interrupted();
}

void Command::prompts() const {
  Session session = newSession();
  while (auto line = nextLine()) {
    session.reset();
    Generator generator(session, options, stats);
    TokenPrinter printer(*model, options);
    Interrupt interrupt;
    try {
      auto prompt = encode(*line);
      printer.setPrompt(prompt);
      generator.read(prompt);
    } catch (const Error &error) {
      complain(program, error.what());
      continue;
    } catch (const Interrupted &) {
      continue;
    }
    std::vector<int32_t> tokens;
    if (answer(generator, printer, tokens) == Generator::End::context)
      sayContextIsFull();
  }
}

void Command::chat() const {
  Session session = newSession();
  Generator generator(session, options, stats);
  Dialogue dialogue(*model, options);
  std::vector<int32_t> tokens; // of the dialogue so far, as the model has read or said them
  while (auto line = nextLine()) {
    dialogue.ask(*line);
    auto prompt = dialogue.prompt();
    // At least one token is read: the logits are those after the last.
    size_t known = std::min(commonPrefix(tokens, prompt), prompt.size() - !prompt.empty());
    bool begun = !tokens.empty();
    generator.keep(static_cast<int64_t>(known));
    tokens.resize(known);
    if (begun && std::ssize(prompt) - std::ssize(tokens) > generator.room())
      return sayContextIsFull();
    TokenPrinter printer(*model, options);
    printer.setPrompt(prompt);
    Interrupt interrupt;
    try {
      generator.read(prompt, {}, known);
    } catch (const Interrupted &) {
      dialogue.forget();
      continue;
    }
    tokens = prompt;
    if (answer(generator, printer, tokens, dialogue.end()) == Generator::End::context)
      return sayContextIsFull();
    dialogue.answer(std::span(tokens).subspan(prompt.size()));
  }
}

std::vector<int32_t> Command::promptTokens() const {
  if (options.tokenIds)
    return *options.tokenIds;
  std::string text = options.prompt ? *options.prompt : readText(*options.promptFile);
  if (!options.chat)
    return encode(text);
  Dialogue dialogue(*model, options);
  dialogue.ask(text);
  return dialogue.prompt();
}

/// Tokens of a text of its own, not of a chat.
std::vector<int32_t> Command::encode(std::string_view text) const {
  auto tokens = model->tokenizer().encode(text, /*addSpecial=*/true, /*parseSpecial=*/true);
  int64_t bos = model->compiled().bos;
  if (tokens.size() > 1 && tokens[0] == bos && tokens[1] == bos)
    complain(program, fmt::format("the text begins with {}, which is added as well: the model "
                                  "reads it twice",
                                  model->tokenizer().bytes(tokens[0], false)));
  return tokens;
}

void Command::read(Session &session, Generator &generator, std::span<const int32_t> prompt) const {
  if (!options.dumpLogits.empty())
    readAndDump(generator, prompt);
  else if (!options.promptCache.empty())
    readCached(session, generator, prompt);
  else
    generator.read(prompt);
}

void Command::readAndDump(Generator &generator, std::span<const int32_t> prompt) const {
  NpyWriter file(options.dumpLogits, std::ssize(prompt), model->compiled().vocab);
  generator.read(prompt, [&](int64_t, std::span<const float> logits) { file.write(logits); });
  file.commit();
}

/// Reads what the file does not hold already, and writes the file anew if that is anything.
void Command::readCached(Session &session, Generator &generator,
                         std::span<const int32_t> prompt) const {
  FilesRead::refuse(options.promptCache); // before it is an input itself
  if (std::filesystem::exists(options.promptCache))
    loadSession(session, options.promptCache);
  auto cached = session.tokens();
  auto common = std::mismatch(cached.begin(), cached.end(), prompt.begin(), prompt.end()).first;
  auto known = static_cast<size_t>(common - cached.begin());
  if (known == prompt.size() && (known < cached.size() || !session.hasLogits()))
    known -= known > 0; // the logits are those of another token
  session.truncate(static_cast<int64_t>(known));
  generator.read(prompt, {}, known);
  if (known < prompt.size())
    saveSession(session, options.promptCache);
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
  int64_t context = options.context ? options.context : model->compiled().max_seq;
  complain(program, fmt::format("the context of {} tokens is full", context));
}

} // namespace cria::rt

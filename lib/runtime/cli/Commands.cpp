//===- Commands.cpp - What the program can do -----------------------------===//
#include "runtime/cli/Commands.h"
#include "runtime/Fail.h"
#include "runtime/SessionFile.h"
#include "runtime/cli/ChatFormat.h"
#include "runtime/cli/LogProbs.h"
#include "runtime/cli/NpyWriter.h"
#include "runtime/cli/Output.h"
#include "runtime/cli/Perplexity.h"
#include "runtime/cli/ReadText.h"
#include "runtime/cli/TokenPrinter.h"
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

/// Whether both are the same existing file.
bool isSameFile(const std::filesystem::path &a, const std::filesystem::path &b) {
  std::error_code none;
  return std::filesystem::equivalent(a, b, none);
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
  auto tokens = encode(readText(options.perplexity));
  Session session = newSession();
  Interrupt interrupt;
  Stopwatch watch;
  auto [value, count] = measurePerplexity(session, tokens, throwIfInterrupted);
  stats.prefillSeconds = watch.seconds();
  stats.prefillTokens = static_cast<int64_t>(tokens.size());
  writeOutput(fmt::format("perplexity {:.4f} over {} tokens\n", value, count));
}

void Command::logProbs() const {
  auto prompt = promptTokens();
  Session session = newSession();
  Interrupt interrupt;
  printLogProbs(session, prompt, *options.logProbs, throwIfInterrupted);
}

void Command::embeddings() const {
  auto prompt = promptTokens();
  refuseInput(options.embeddings);
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
    end = ChatFormat(*model).endOfTurn();
  auto reason = answer(generator, printer, end);
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
    if (answer(generator, printer) == Generator::End::context)
      sayContextIsFull();
  }
}

void Command::chat() const {
  Session session = newSession();
  Generator generator(session, options, stats);
  ChatFormat format(*model);
  auto before = format.begin(options.system);
  while (auto line = nextLine()) {
    auto turn = format.ask(*line);
    turn.insert(turn.begin(), before.begin(), before.end());
    if (session.position() > 0 && static_cast<int64_t>(turn.size()) > generator.room())
      return sayContextIsFull();
    TokenPrinter printer(*model, options);
    printer.setPrompt(turn);
    Interrupt interrupt;
    try {
      generator.read(turn);
    } catch (const Interrupted &) {
      continue; // the message is forgotten
    }
    if (answer(generator, printer, format.endOfTurn()) == Generator::End::context)
      return sayContextIsFull();
    before = {format.endOfTurn()};
  }
}

std::vector<int32_t> Command::promptTokens() const {
  if (options.tokenIds)
    return *options.tokenIds;
  std::string text = options.prompt ? *options.prompt : readText(*options.promptFile);
  if (!options.chat)
    return encode(text);
  ChatFormat format(*model);
  auto tokens = format.begin(options.system);
  auto turn = format.ask(text);
  tokens.insert(tokens.end(), turn.begin(), turn.end());
  return tokens;
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
  refuseInput(options.dumpLogits);
  NpyWriter file(options.dumpLogits, std::ssize(prompt), model->compiled().vocab);
  generator.read(prompt, [&](int64_t, std::span<const float> logits) { file.write(logits); });
  file.commit();
}

/// Reads what the file does not hold already, and writes the file anew if that is anything.
void Command::readCached(Session &session, Generator &generator,
                         std::span<const int32_t> prompt) const {
  refuseInput(options.promptCache);
  if (std::filesystem::exists(options.promptCache))
    loadSession(session, options.promptCache);
  auto cached = session.tokens();
  auto common = std::mismatch(cached.begin(), cached.end(), prompt.begin(), prompt.end()).first;
  auto known = static_cast<size_t>(common - cached.begin());
  if (known == prompt.size() && (known < cached.size() || session.logits().empty()))
    known -= known > 0; // the logits are those of another token
  session.truncate(static_cast<int64_t>(known));
  generator.read(prompt, {}, known);
  if (known < prompt.size())
    saveSession(session, options.promptCache);
}

/// An output may not replace what this run reads.
void Command::refuseInput(const std::string &output) const {
  auto inputs = model->weights().files();
  inputs.insert(inputs.end(), {"/proc/self/exe", "/proc/self/fd/0"});
  if (options.promptFile)
    inputs.push_back(*options.promptFile);
  std::error_code none;
  if (!std::filesystem::is_regular_file(output, none))
    return;
  for (const std::filesystem::path &input : inputs)
    if (isSameFile(input, output))
      fail("{}: would be overwritten, but it is read by this run", output);
}

Generator::End Command::answer(Generator &generator, TokenPrinter &printer,
                               std::optional<int32_t> end) const {
  auto reason = generator.write([&](int32_t token) { return printer.print(token); }, end);
  printer.finish();
  return reason;
}

void Command::sayContextIsFull() const {
  int64_t context = options.context ? options.context : model->compiled().max_seq;
  complain(program, fmt::format("the context of {} tokens is full", context));
}

} // namespace cria::rt

//===- Runnable.cpp - What criac wrote, run as a user would ---------------===//
#include "driver/Runnable.h"
#include "driver/RunLibrary.h"
#include "driver/ScratchFile.h"
#include "support/Error.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include <cstring>
#include <unistd.h>

using namespace llvm;

namespace cria::driver {
namespace {

/// Weights come from where the output itself looks for them, and code is what the caller says.
std::vector<StringRef> environment() {
  std::vector<StringRef> variables;
  for (char **variable = environ; *variable; ++variable)
    if (!StringRef(*variable).starts_with("CRIA_WEIGHTS=") &&
        !StringRef(*variable).starts_with("CRIA_VARIANT="))
      variables.push_back(*variable);
  return variables;
}

std::string firstLine(const std::string &file) {
  auto text = MemoryBuffer::getFile(file);
  return text ? (*text)->getBuffer().trim().split('\n').first.str() : "";
}

/// Throws what went wrong with a process that ended with `code` and has written `messages`.
void requireSuccess(int code, const std::string &problem, const std::string &messages) {
  if (code == 0)
    return;
  std::string line = firstLine(messages);
  if (code < 0) // killed by a signal, or not started at all
    throw Error(problem.empty() ? "it crashed" : problem);
  throw Error(line.empty() ? "it ended with exit code " + std::to_string(code) : line);
}

/// Shows the rows f32 [rows][columns] at the end of a file.
void readRows(const std::string &path, std::int64_t rows, std::int64_t columns,
              const LogitsVisitor &visit) {
  auto file = MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  StringRef bytes = file ? (*file)->getBuffer() : "";
  auto size = std::size_t(rows * columns) * sizeof(float);
  if (bytes.size() < size)
    throw Error("it did not write " + std::to_string(rows) + " rows of logits");
  std::vector<float> row(std::size_t(columns), 0.0f);
  for (std::int64_t i = 0; i < rows; ++i) {
    std::size_t length = row.size() * sizeof(float);
    std::memcpy(row.data(), bytes.end() - size + std::size_t(i) * length, length);
    visit(i, row);
  }
}

int runProgram(const Runnable &program, std::span<const std::int32_t> tokens, const Road &road,
               const std::string &rows, const std::string &messages, std::string &problem) {
  std::string ids, threads = std::to_string(road.threads),
                   decodeFrom = std::to_string(road.decodeFrom);
  for (std::int32_t token : tokens)
    ids += (ids.empty() ? "" : ",") + std::to_string(token);
  SmallVector<StringRef> command{program.file, "--token-ids",   ids,        "--max-tokens",
                                 "0",          "--decode-from", decodeFrom, "--dump-logits",
                                 rows};
  if (road.threads)
    command.append({"--threads", threads});
  if (!program.variant.empty())
    command.append({"--variant", program.variant});
  std::vector<StringRef> variables = environment();
  std::optional<StringRef> redirects[] = {StringRef(""), StringRef(""), StringRef(messages)};
  int code = sys::ExecuteAndWait(program.file, command, ArrayRef<StringRef>(variables), redirects,
                                 program.seconds, /*MemoryLimit=*/0, &problem);
  if (StringRef(problem).contains("timed out"))
    problem = "it did not end in time";
  return code;
}

} // namespace

std::string Road::text() const {
  std::string text = std::to_string(tokens) + (tokens == 1 ? " token" : " tokens");
  if (decodeFrom >= tokens)
    text += " in chunks";
  else if (decodeFrom == 0)
    text += " one at a time";
  else
    text += " in chunks, from position " + std::to_string(decodeFrom) + " one at a time";
  if (!threads)
    return text;
  return text + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

void Runnable::run(std::span<const std::int32_t> tokens, const Road &road,
                   const LogitsVisitor &visit) const {
  tokens = tokens.first(std::size_t(road.tokens));
  ScratchFile logits("npy"), messages("log");
  std::string problem;
  int code =
      library ? runLibrary({file, variant, tokens, road, logits.path(), messages.path(), seconds},
                           problem)
              : runProgram(*this, tokens, road, logits.path(), messages.path(), problem);
  requireSuccess(code, problem, messages.path());
  readRows(logits.path(), road.tokens, vocab, visit);
}

} // namespace cria::driver

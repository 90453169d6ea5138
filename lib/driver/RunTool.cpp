//===- RunTool.cpp - Running linkers and compilers ------------------------===//
#include "driver/RunTool.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace cria::driver {
namespace {

std::string firstError(StringRef text) {
  for (StringRef line : split(text, '\n'))
    if (!line.trim().empty() && !line.contains("warning: "))
      return line.trim().str();
  return "no reason was given";
}

} // namespace

std::optional<std::string> runTool(ArrayRef<StringRef> command, StringRef log) {
  std::optional<StringRef> redirects[] = {StringRef(""), log, log};
  std::string problem;
  if (!sys::ExecuteAndWait(command.front(), command, std::nullopt, redirects, 0, 0, &problem))
    return std::nullopt;
  return problem.empty() ? firstError(readText(log)) : problem;
}

std::string findTool(std::initializer_list<StringRef> names, ArrayRef<StringRef> folders) {
  for (StringRef name : names)
    if (auto path = sys::findProgramByName(name))
      return *path;
  if (!folders.empty()) // of no folders, $PATH would be searched again
    for (StringRef name : names)
      if (auto path = sys::findProgramByName(name, folders))
        return *path;
  return "";
}

std::string readText(StringRef file) {
  auto text = MemoryBuffer::getFile(file);
  return text ? (*text)->getBuffer().str() : "";
}

} // namespace cria::driver

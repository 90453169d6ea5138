//===- RunTool.cpp - Running linkers and compilers ------------------------===//
#include "driver/RunTool.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace cria::driver {

int runTool(ArrayRef<StringRef> command, StringRef file, std::string &problem) {
  std::optional<StringRef> redirects[] = {StringRef(""), file, file};
  return sys::ExecuteAndWait(command.front(), command, std::nullopt, redirects, 0, 0, &problem);
}

std::string readText(StringRef file) {
  auto text = MemoryBuffer::getFile(file);
  return text ? (*text)->getBuffer().str() : "";
}

std::string firstError(StringRef text) {
  for (StringRef line : split(text, '\n'))
    if (!line.trim().empty() && !line.contains("warning: "))
      return line.trim().str();
  return "no reason was given";
}

} // namespace cria::driver

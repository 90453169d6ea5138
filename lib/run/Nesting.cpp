//===- Nesting.cpp - How deep IR may be nested ----------------------------===//
#include "run/Nesting.h"
#include "support/Error.h"

namespace cria::run {

void checkNesting(llvm::StringRef text, const std::string &name) {
  constexpr int deepest = 256;
  int depth = 0, signs = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool arrow = c == '>' && i > 0 && text[i - 1] == '-';
    if (llvm::StringRef("([{<").contains(c))
      ++depth;
    else if (llvm::StringRef(")]}>").contains(c) && !arrow && depth > 0)
      --depth;
    signs = c == '-' ? signs + 1 : c == ' ' ? signs : 0;
    if (depth > deepest || signs > deepest)
      throw Error(name + ": is nested more than " + std::to_string(deepest) + " deep");
  }
}

} // namespace cria::run

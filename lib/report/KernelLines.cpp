//===- KernelLines.cpp - Which lines of a text are a kernel's -------------===//
#include "report/KernelLines.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace cria::report {
namespace {

/// The name at the front of `text`, with quotes or without.
StringRef nameAt(StringRef text) {
  if (text.consume_front("\""))
    return text.take_until([](char c) { return c == '"'; });
  return text.take_while([](char c) { return isAlnum(c) || StringRef("._$-").contains(c); });
}

/// Finds the lines on which kernels begin and end in texts of one kind.
class Scanner {
public:
  explicit Scanner(StringRef extension) : isAssembly(extension == "s"), isLlvm(extension == "ll") {}

  void line(StringRef line, int64_t number) {
    if (isEnd(line)) {
      found.back().last = number;
      open = false;
    } else if (std::string name = beginning(line); !name.empty()) {
      found.push_back({name, number, number});
      open = true;
    }
  }

  std::vector<KernelLines> found;

private:
  bool isEnd(StringRef line) const {
    if (!open)
      return false;
    return isAssembly ? line.starts_with(".Lfunc_end") : line.rtrim() == end;
  }

  /// The kernel that begins on `line`, or nothing.
  std::string beginning(StringRef line) {
    StringRef text = line.ltrim();
    std::string indent = line.take_front(line.size() - text.size()).str();
    if (open)
      return "";
    if (isAssembly)
      return indent.empty() && text.contains(':') ? ofKernel(nameAt(text)) : "";
    if (isLlvm)
      return text.starts_with("define ") ? function(text, "") : "";
    if (text.starts_with("func.func ") || text.starts_with("llvm.func "))
      return function(text, indent);
    auto [results, op] = text.split("cria.kernel \"");
    if (op.empty() || !(results.empty() || results.ends_with("= ")))
      return "";
    end = indent + "}";
    return unique(entry + "." + nameAt(("\"" + op).str()).str());
  }

  std::string function(StringRef text, const std::string &indent) {
    if (!text.rtrim().ends_with("{"))
      return ""; // a declaration
    StringRef name = nameAt(text.split('@').second);
    end = indent + "}";
    entry = name.str();
    return ofKernel(name);
  }

  static std::string ofKernel(StringRef name) {
    return name.contains('.') && !name.starts_with(".") ? name.str() : "";
  }

  /// Before `cria-name-kernels`, kernels may share a name; it numbers them in this order.
  std::string unique(const std::string &name) {
    std::string made = name;
    for (int number = 2; !taken.insert(made).second; ++number)
      made = name + "_" + std::to_string(number);
    return made;
  }

  bool isAssembly, isLlvm, open = false;
  std::string entry, end;
  StringSet<> taken;
};

} // namespace

std::vector<KernelLines> kernelLines(StringRef text, StringRef extension) {
  Scanner scanner(extension);
  int64_t number = 0;
  for (StringRef line : split(text, '\n'))
    scanner.line(line, number++);
  return std::move(scanner.found);
}

} // namespace cria::report

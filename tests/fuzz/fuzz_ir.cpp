//===- fuzz_ir.cpp - Whatever IR says: a diagnostic, or code ----*- C++ -*-===//
//
// The modules of tests/dialect and tests/passes with some of their ops, types, numbers, values
// and lines changed go through the parser, the verifiers and all phases. MLIR itself is not
// instrumented, so most mutations stay within what the cria dialect has to judge.
//
//===----------------------------------------------------------------------===//
#include "FuzzSupport.h"
#include "dialect/base/Target.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "passes/Phases.h"
#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace cria;

namespace {

std::vector<std::string> splitBy(const std::string &text, const std::string &border) {
  std::vector<std::string> parts;
  for (size_t at = 0, end = 0; end != text.npos; at = end + border.size()) {
    end = text.find(border, at);
    parts.push_back(text.substr(at, end == text.npos ? end : end - at));
  }
  return parts;
}

/// A module per part of each file, in an order that does not change.
std::vector<std::string> loadModules() {
  std::vector<std::filesystem::path> files;
  for (const char *folder : {"dialect", "passes"})
    for (const auto &entry :
         std::filesystem::recursive_directory_iterator(CRIA_TESTS "/" + std::string(folder)))
      if (entry.path().extension() == ".mlir")
        files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> modules;
  for (const auto &file : files) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    for (const std::string &part : splitBy(text.str(), "// -----"))
      if (part.find("cria.") != part.npos && part.find("func.func") != part.npos)
        modules.push_back(part);
  }
  return modules;
}

struct Token {
  enum Kind { number, type, op, value } kind;
  size_t at, size;
};

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::vector<Token> tokensOf(const std::string &text) {
  std::vector<Token> tokens;
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    if (text[i] == '%' || text.compare(i, 5, "cria.") == 0) {
      bool op = text[i] != '%';
      end = i + (op ? 5 : 1);
      while (end < text.size() && isWord(text[end]))
        ++end;
      tokens.push_back({op ? Token::op : Token::value, i, end - i});
    } else if (std::isdigit(static_cast<unsigned char>(text[i]))) {
      while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])))
        ++end;
      tokens.push_back({Token::number, i, end - i});
    } else {
      for (const char *name : {"bf16", "f32", "f16", "f64", "i32", "index", "tensor", "memref"})
        if (text.compare(i, std::strlen(name), name) == 0) {
          end = i + std::strlen(name);
          tokens.push_back({Token::type, i, end - i});
          break;
        }
    }
    i = end;
  }
  return tokens;
}

// Heads and tokens of a tile are unrolled: IR grows with them, so none is large.
constexpr const char *numbers[] = {"0", "1",  "2",  "3",  "4",  "5", "6",  "7",  "8",
                                   "9", "12", "16", "17", "24", "?", "-1", "31", "1e30"};
constexpr const char *types[] = {"f32", "f16", "bf16", "f64", "i32", "index", "tensor", "memref"};

/// One token becomes another one of its kind, and perhaps all that are like it.
void changeToken(std::string &text, FuzzedDataProvider &data) {
  std::vector<Token> tokens = tokensOf(text);
  if (tokens.empty())
    return;
  Token token = tokens[data.ConsumeIntegralInRange<size_t>(0, tokens.size() - 1)];
  std::string from = text.substr(token.at, token.size), to;
  if (token.kind == Token::number) {
    to = data.PickValueInArray(numbers);
  } else if (token.kind == Token::type) {
    to = data.PickValueInArray(types);
  } else { // another op, or another value, of the same text
    std::vector<Token> alike;
    for (const Token &other : tokens)
      if (other.kind == token.kind)
        alike.push_back(other);
    Token other = alike[data.ConsumeIntegralInRange<size_t>(0, alike.size() - 1)];
    to = text.substr(other.at, other.size);
  }
  bool all = data.ConsumeBool();
  for (auto other = tokens.rbegin(); other != tokens.rend(); ++other)
    if (other->at == token.at ||
        (all && other->kind == token.kind && text.compare(other->at, other->size, from) == 0))
      text.replace(other->at, other->size, to);
}

/// A line is removed, written twice, or another one's place is taken.
void changeLine(std::string &text, FuzzedDataProvider &data) {
  std::vector<std::string> lines = splitBy(text, "\n");
  size_t at = data.ConsumeIntegralInRange<size_t>(0, lines.size() - 1);
  size_t other = data.ConsumeIntegralInRange<size_t>(0, lines.size() - 1);
  switch (data.ConsumeIntegralInRange(0, 2)) {
  case 0:
    lines.erase(lines.begin() + std::ptrdiff_t(at));
    break;
  case 1:
    lines.insert(lines.begin() + std::ptrdiff_t(at), lines[at]);
    break;
  default:
    std::swap(lines[at], lines[other]);
  }
  text.clear();
  for (const std::string &line : lines)
    text += line + "\n";
}

/// New now and then: a context keeps all types and attributes that were ever made.
mlir::MLIRContext &context() {
  static mlir::DialectRegistry *registry = [] {
    auto *made = new mlir::DialectRegistry;
    registerDialects(*made);
    registerPasses();
    return made;
  }();
  static std::unique_ptr<mlir::MLIRContext> made;
  static int uses = 0;
  if (uses++ % 256 == 0)
    made = std::make_unique<mlir::MLIRContext>(*registry, mlir::MLIRContext::Threading::DISABLED);
  return *made;
}

void runPhases(mlir::ModuleOp module, FuzzedDataProvider &data) {
  TargetInfo small{256, 16, 64, 256, 1 << 13, 16}, large;
  (data.ConsumeBool() ? small : large).describe(module);
  std::vector<llvm::StringRef> chosen;
  for (const Fusion &fusion : fusions())
    if (data.ConsumeIntegralInRange(0, 3))
      chosen.push_back(fusion.name);
  for (const Phase &phase : phases()) {
    mlir::PassManager manager(module.getContext());
    if (failed(addPhase(manager, phase, llvm::errs(), chosen)))
      std::abort();
    if (failed(manager.run(module)))
      return;
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const std::vector<std::string> modules = loadModules();
  FuzzedDataProvider data(bytes, size);
  std::string text = modules[data.ConsumeIntegralInRange<size_t>(0, modules.size() - 1)];
  for (int changes = data.ConsumeIntegralInRange(0, 4); changes > 0; --changes) {
    if (data.ConsumeIntegralInRange(0, 4))
      changeToken(text, data);
    else
      changeLine(text, data);
  }
  if (std::getenv("CRIA_FUZZ_SHOW")) // what a finding is
    std::fprintf(stderr, "%s\n", text.c_str());
  bool said = false;
  mlir::MLIRContext &mlir = context();
  mlir::ScopedDiagnosticHandler handler(&mlir, [&](mlir::Diagnostic &) { said = true; });
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &mlir);
  if (!module && !said)
    std::abort(); // refused without a word
  if (module)
    runPhases(*module, data);
  return 0;
}

//===- DisassemblyTest.cpp - Machine code as text -------------------------===//
#include "driver/Disassembly.h"
#include "catch2/catch.hpp"
#include "driver/Codegen.h"
#include "driver/ScratchFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/AsmParser/Parser.h"
#include "llvm/Support/SourceMgr.h"

using namespace cria;
using namespace cria::driver;

namespace {

/// A loop, calls of a function in the same module and of one elsewhere, and a constant in memory.
constexpr llvm::StringLiteral source = R"(
  @table = internal unnamed_addr constant [4 x double] [double 1.0, double 2.0, double 3.0, double 5.0]
  declare void @elsewhere()
  define internal double @"decode.near"(i64 %i) noinline {
    %at = getelementptr double, ptr @table, i64 %i
    %value = load volatile double, ptr %at
    ret double %value
  }
  define double @"decode.loop"(ptr %p, i64 %n) {
  entry:
    call void @elsewhere()
    br label %loop
  loop:
    %i = phi i64 [0, %entry], [%next, %loop]
    %sum = phi double [0.0, %entry], [%more, %loop]
    %at = getelementptr double, ptr %p, i64 %i
    %x = load double, ptr %at
    %more = fadd double %sum, %x
    %next = add i64 %i, 1
    %again = icmp ult i64 %next, %n
    br i1 %again, label %loop, label %done
  done:
    %k = and i64 %n, 3
    %constant = call double @"decode.near"(i64 %k)
    %all = fadd double %more, %constant
    ret double %all
  }
)";

/// `source` as machine code for `target`, as text.
std::string generated(const Target &target, llvm::CodeGenFileType kind) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic error;
  auto module = llvm::parseAssemblyString(source, error, context);
  REQUIRE(module);
  module->setTargetTriple(target.machine->getTargetTriple());
  module->setDataLayout(target.machine->createDataLayout());
  ScratchFile file("o");
  generate(*module, target, kind, file.path());
  return kind == llvm::CodeGenFileType::ObjectFile ? disassemble(file.path(), target) : file.text();
}

/// The lines of the functions: instructions, labels.
std::vector<std::string> linesOf(llvm::StringRef text) {
  std::vector<std::string> lines;
  for (llvm::StringRef line : llvm::split(text, '\n'))
    if (!line.trim().empty())
      lines.push_back(line.str());
  return lines;
}

/// The names of instructions, one after another. Assemblers put in what does nothing.
std::vector<std::string> namesOf(llvm::StringRef text) {
  std::vector<std::string> names;
  for (llvm::StringRef line : llvm::split(text, '\n')) {
    llvm::StringRef name = line.trim().take_until([](char c) { return c == '\t' || c == ' '; });
    if (line.starts_with("\t") && !name.starts_with(".") && !name.starts_with("nop"))
      names.push_back(name.str());
  }
  return names;
}

bool hasLine(const std::vector<std::string> &lines, llvm::StringRef part) {
  return llvm::any_of(lines, [&](llvm::StringRef line) { return line.contains(part); });
}

} // namespace

TEST_CASE("functions of an object are read with labels and names") {
  auto triple = GENERATE("x86_64-linux-gnu", "aarch64-linux-gnu", "riscv64-linux-gnu");
  CAPTURE(triple);
  Target target = makeTarget(triple, "native");
  REQUIRE(canDisassemble(target));
  std::string text = generated(target, llvm::CodeGenFileType::ObjectFile);
  CAPTURE(text);
  auto lines = linesOf(text);
  CHECK(llvm::is_contained(lines, "decode.near:"));
  CHECK(llvm::is_contained(lines, "decode.loop:"));
  CHECK(llvm::is_contained(lines, ".Lfunc_end1:"));
  CHECK(hasLine(lines, "elsewhere"));
  // A jump, and the only one, leads back to the loop's label, which is before it.
  auto label = llvm::find(lines, ".L1_1:");
  REQUIRE(label != lines.end());
  auto jump = std::find_if(label + 1, lines.end(),
                           [](llvm::StringRef line) { return line.ends_with(".L1_1"); });
  CHECK(jump != lines.end());
  // A definition and a call.
  CHECK(llvm::count_if(lines, [](llvm::StringRef line) { return line.contains("decode.near"); }) >=
        2);
  CHECK_FALSE(hasLine(lines, ".byte"));
}

TEST_CASE("instructions read from an object are those of the assembly") {
  auto triple = GENERATE("x86_64-linux-gnu", "aarch64-linux-gnu");
  CAPTURE(triple);
  Target target = makeTarget(triple, "native");
  auto read = namesOf(generated(target, llvm::CodeGenFileType::ObjectFile));
  CHECK(read.size() > 10);
  CHECK(read == namesOf(generated(target, llvm::CodeGenFileType::AssemblyFile)));
}

TEST_CASE("constants that the linker places are named in a comment") {
  Target target = makeTarget("x86_64-linux-gnu", "x86-64-v3");
  auto lines = linesOf(generated(target, llvm::CodeGenFileType::ObjectFile));
  CHECK(hasLine(lines, "# R_X86_64_PC32 table-4"));
}

TEST_CASE("a file that is no object is refused") {
  Target target = makeTarget("x86_64-linux-gnu", "x86-64-v3");
  ScratchFile file("o");
  CHECK_THROWS_AS(disassemble(file.path(), target), Error);
  CHECK_THROWS_AS(disassemble(file.path() + ".none", target), Error);
  CHECK_FALSE(canDisassemble(makeTarget("wasm32", "native")));
}

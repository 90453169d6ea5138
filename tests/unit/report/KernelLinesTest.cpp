//===- KernelLinesTest.cpp - Which lines of a text are a kernel's ---------===//
#include "report/KernelLines.h"
#include "catch2/catch.hpp"

using namespace cria::report;

namespace {

std::string linesOf(llvm::StringRef text, llvm::StringRef extension) {
  std::string all;
  for (const KernelLines &lines : kernelLines(text, extension))
    all +=
        lines.kernel + " " + std::to_string(lines.first) + "-" + std::to_string(lines.last) + "\n";
  return all;
}

} // namespace

TEST_CASE("kernels in functions, the second of a name with a number") {
  CHECK(linesOf("  func.func private @decode(%arg0: index) {\n"
                "    %0 = cria.kernel \"norm\" -> tensor<1xf32> {\n"
                "      %1 = scf.for {\n"
                "      }\n"
                "    }\n"
                "    cria.kernel \"norm\" {\n"
                "    }\n"
                "  }\n",
                "mlir") == "decode.norm 1-4\ndecode.norm_2 5-6\n");
}

TEST_CASE("kernels that are functions; entry points and declarations are none") {
  CHECK(linesOf("  func.func private @decode.qkv(%arg0: index) {\n"
                "    scf.for {\n"
                "    }\n"
                "  }\n"
                "  func.func private @a.declared()\n"
                "  llvm.func @\"decode.a+b\"() {\n"
                "  }\n"
                "  func.func private @decode() {\n"
                "  }\n",
                "mlir") == "decode.qkv 0-3\ndecode.a+b 5-6\n");
}

TEST_CASE("LLVM IR and assembly") {
  CHECK(linesOf("declare void @x.y()\n"
                "define internal void @decode.qkv(ptr %0) #0 {\n"
                "  ret void\n"
                "}\n"
                "define void @decode() {\n"
                "}\n",
                "ll") == "decode.qkv 1-3\n");
  CHECK(linesOf("\t.text\n"
                "decode.qkv:                             # @decode.qkv\n"
                ".LBB0_1:\n"
                "\tretq\n"
                ".Lfunc_end0:\n"
                "\"decode.a+b\":\n"
                ".Lfunc_end1:\n",
                "s") == "decode.qkv 1-4\ndecode.a+b 5-6\n");
}

TEST_CASE("a text that ends early ends the kernel where it began") {
  CHECK(linesOf("define void @decode.qkv() {\n  ret", "ll") == "decode.qkv 0-0\n");
  CHECK(linesOf("", "mlir").empty());
}

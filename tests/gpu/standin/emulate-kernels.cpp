//===- emulate-kernels.cpp - Kernels as an object for this machine --------===//
//
// emulate-kernels IN.ll OUT.o: IN.ll is what `criac --target=GPU --emit=llvm` wrote.
//
//===----------------------------------------------------------------------===//
#include "driver/Codegen.h"
#include "gpu/emulator/Retarget.h"
#include "support/Error.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/SourceMgr.h"

using namespace cria;

int main(int argc, char **argv) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic diagnostic;
  auto module = argc == 3 ? llvm::parseIRFile(argv[1], diagnostic, context) : nullptr;
  if (!module) {
    diagnostic.print(argv[0], llvm::errs());
    return 1;
  }
  try {
    driver::Target host = driver::makeTarget("native", "native");
    emulator::retarget(*module, *host.machine);
    driver::optimize(*module, host);
    driver::generate(*module, host, llvm::CodeGenFileType::ObjectFile, argv[2]);
  } catch (const Error &error) {
    llvm::errs() << error.what() << "\n";
    return 1;
  }
  return 0;
}

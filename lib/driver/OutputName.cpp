//===- OutputName.cpp - What a compilation writes to ----------------------===//
#include "driver/OutputName.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {

std::string chooseOutput(const Options &options, const std::string &name) {
  if (!options.output.empty())
    return options.output;
  if (!options.stopAfter.empty())
    return "-";
  switch (options.emit) {
  case Emit::spec:
  case Emit::mlir:
  case Emit::schedule:
  case Emit::llvm:
  case Emit::assembly:
    return "-";
  case Emit::object:
    return name + ".o";
  case Emit::shared:
    return "lib" + name + ".so";
  case Emit::wasm:
    return name + ".wasm";
  case Emit::executable:
    if (!llvm::sys::fs::is_directory(name))
      return name;
    llvm::errs() << "criac: note: " << name << " is a folder, so the program is " << name
                 << ".out\n";
    return name + ".out";
  }
  llvm_unreachable("an output that is none");
}

} // namespace cria::driver

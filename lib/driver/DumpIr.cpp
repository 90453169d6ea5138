//===- DumpIr.cpp - The IR after every pass that changed it ---------------===//
#include "driver/DumpIr.h"
#include "driver/Output.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "support/FilesRead.h"
#include "support/Flags.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

using namespace mlir;

namespace cria::driver {

std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream);
  stream << "\n";
  return text;
}

struct IrDump::Watcher : PassInstrumentation {
  Watcher(IrDump &dump, std::string phase) : dump(dump), phase(std::move(phase)) {}
  void runAfterPass(Pass *pass, Operation *op) override {
    auto module = dyn_cast<ModuleOp>(op);
    if (!module)
      return;
    std::string text = print(module);
    if (text == dump.last)
      return;
    dump.last = text;
    StringRef name = pass->getArgument();
    name.consume_front("cria-");
    name.consume_front(phase + "-");
    dump.write(phase, name, "mlir", text);
  }
  IrDump &dump;
  std::string phase;
};

IrDump::IrDump(std::string path, const std::string &output) : folder(std::move(path)) {
  if (std::error_code error = llvm::sys::fs::create_directories(folder))
    throw Error(folder + ": cannot create the folder: " + error.message());
  llvm::Regex ours("^[0-9][0-9]+-[a-z0-9-]+\\.(mlir|ll|s)$");
  StringRef parent = llvm::sys::path::parent_path(output);
  bool inside = llvm::sys::fs::equivalent(parent.empty() ? "." : parent, folder);
  if (inside && ours.match(llvm::sys::path::filename(output)))
    throw UsageError("-o and --dump-ir cannot both write to " + output);
  std::vector<std::string> earlier;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator i(folder, error), end; i != end && !error;
       i.increment(error))
    if (ours.match(llvm::sys::path::filename(i->path())))
      earlier.push_back(i->path());
  for (const std::string &file : earlier)
    FilesRead::refuse(file);
  for (const std::string &file : earlier)
    (void)llvm::sys::fs::remove(file);
}

void IrDump::write(StringRef phase, StringRef step, StringRef extension, StringRef text) {
  std::string count = std::to_string(number++);
  std::string name = (count.size() < 2 ? "0" : "") + count + "-" + phase.str() + "-" + step.str() +
                     "." + extension.str();
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  writeFile(std::string(path), text);
}

void IrDump::writeFirst(StringRef phase, ModuleOp module) {
  last = print(module);
  write(phase, "emit", "mlir", last);
}

void IrDump::watch(PassManager &manager, StringRef phase) {
  manager.addInstrumentation(std::make_unique<Watcher>(*this, phase.str()));
}

} // namespace cria::driver

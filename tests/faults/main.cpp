//===- main.cpp - criac_faulty: criac with one fault ----------------------===//
//
//   criac_faulty list            the faults, with the flag that each needs, if any
//   criac_faulty FAULT ARGUMENTS criac with that fault; "none" is criac itself
//
// Exit code 3: the fault found nothing to change.
//
//===----------------------------------------------------------------------===//
#include "driver/Main.h"
#include "Faults.h"
#include "llvm/Support/raw_ostream.h"

using namespace cria::faults;

int main(int argc, char **argv) {
  llvm::StringRef name = argc > 1 ? argv[1] : "";
  for (llvm::ArrayRef<Fault> stage : {sourceFaults(), irFaults(), codeFaults(), objectFaults()})
    for (const Fault &fault : stage) {
      if (name == "list")
        llvm::outs() << fault.name << "\t" << fault.flag << "\n";
      if (name == fault.name)
        chosen = &fault;
    }
  if (name == "list")
    return 0;
  if (!chosen && name != "none") {
    llvm::errs() << "criac_faulty: \"" << name << "\" is no fault\n";
    return 2;
  }
  int code = cria::driver::criacMain(argc - 1, argv + 1);
  if (chosen && !made) {
    llvm::errs() << "criac_faulty: there is nothing to change for \"" << name << "\"\n";
    return 3;
  }
  return code;
}

//===- ProbeCode.cpp - The inner loops of the probes ----------------------===//
#include "measure/ProbeCode.h"
#include "measure/ProbeUnits.h"
#include "measure/ReadWays.h"

namespace cria::measure {

driver::LlvmCode probeCode(const driver::Target &target) {
  driver::LlvmCode code{std::make_unique<llvm::LLVMContext>(), nullptr};
  code.module = std::make_unique<llvm::Module>("probes", *code.context);
  code.module->setTargetTriple(target.machine->getTargetTriple());
  code.module->setDataLayout(target.machine->createDataLayout());
  addReads(*code.module, target.info);
  for (const UnitForm &form : unitForms(target))
    addUnit(*code.module, target.info, form);
  return code;
}

} // namespace cria::measure

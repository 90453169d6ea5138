//===- NameKernels.cpp - One name per kernel ------------------------------===//
#include "passes/Passes.h"
#include "passes/schedule/KernelNames.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_NAMEKERNELSPASS
#include "passes/Passes.h.inc"

std::string fullName(KernelOp kernel) {
  auto func = kernel->getParentOfType<func::FuncOp>();
  return ((func ? func.getName() + "." : "") + kernel.getName()).str();
}

namespace {

struct NameKernels : impl::NameKernelsPassBase<NameKernels> {
  void runOnOperation() override {
    getOperation()->walk([](func::FuncOp func) {
      llvm::StringSet<> taken;
      func.walk([&](KernelOp kernel) {
        std::string name = kernel.getName().str();
        for (int number = 2; !taken.insert(name).second; ++number)
          name = (kernel.getName() + "_" + Twine(number)).str();
        kernel.setName(name);
      });
    });
  }
};

} // namespace
} // namespace cria

//===- EmulatedModule.cpp - A module for a GPU, all of it on this machine ---===//
#include "gpu/emulator/EmulatedModule.h"
#include "cria/runtime/abi.h"
#include "driver/Codegen.h"
#include "gpu/emulator/Retarget.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "passes/gpu/Block.h"
#include "support/Error.h"
#include "llvm/Linker/Linker.h"

namespace cria::emulator {
namespace {

struct {
  const std::vector<const Kernel *> *kernels = nullptr;
  unsigned seed = 0;
} used;

} // namespace

EmulatedModule::EmulatedModule(mlir::ModuleOp module, const driver::Target &gpu,
                               const driver::Target &host)
    : context(std::make_unique<llvm::LLVMContext>()) {
  auto table = module->getAttrOfType<mlir::ArrayAttr>("cria.kernels");
  for (auto row : table.getAsRange<mlir::DictionaryAttr>())
    names.push_back("emulated_" + deviceName(row.getAs<mlir::StringAttr>("name").getValue()));
  auto device = *module.getOps<mlir::gpu::GPUModuleOp>().begin();
  auto forDevice = driver::translate(device, *context, gpu);
  retarget(*forDevice, *host.machine);
  code = driver::translate(module, *context, host);
  if (llvm::Linker::linkModules(*code, std::move(forDevice)))
    throw Error("kernels and entry points cannot be linked");
}

void EmulatedModule::find(const driver::Jit &jit) {
  for (const std::string &name : names)
    kernels.push_back(jit.lookup<const Kernel>(name));
}

void EmulatedModule::use(unsigned seed) const {
  used.kernels = &kernels;
  used.seed = seed;
}

} // namespace cria::emulator

void cria_launch(void *, std::int64_t kernel, std::int64_t x, std::int64_t y, std::int64_t z,
                 const std::uint64_t *words, std::int64_t count) {
  using namespace cria::emulator;
  Dim grid{std::uint32_t(x), std::uint32_t(y), std::uint32_t(z)};
  launch(*used.kernels->at(std::size_t(kernel)), grid, cria::blockThreads,
         {words, std::size_t(count)}, used.seed);
}

//===- Wrap.cpp - Where a fault is put between the stages of criac --------===//
//
// CMakeLists.txt tells the linker to --wrap these functions: calls to NAME come here, as
// __wrap_NAME, and __real_NAME is the one of criac. The names are mangled.
//
//===----------------------------------------------------------------------===//
#include "Faults.h"
#include "driver/Codegen.h"
#include "driver/Source.h"
#include "driver/Target.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "passes/Phases.h"
#include "llvm/Support/MemoryBuffer.h"
#include <fstream>

using namespace cria;
using faults::chosen;
using faults::made;

const faults::Fault *faults::chosen = nullptr;
bool faults::made = false;

namespace {

/// The chosen fault, if it is at this stage.
template <class Stage>
const Stage *at() {
  return chosen ? std::get_if<Stage>(&chosen->change) : nullptr;
}

/// Makes a fault after one of the passes, or before all of them.
struct AfterPass : mlir::PassInstrumentation {
  AfterPass(const faults::InIr &fault, bool first) : fault(fault), isFirst(first) {}
  void runBeforePass(mlir::Pass *, mlir::Operation *op) override {
    if (fault.pass.empty() && isFirst)
      made |= fault.change(op);
    isFirst = false;
  }
  void runAfterPass(mlir::Pass *pass, mlir::Operation *op) override {
    if (pass->getArgument() == fault.pass)
      made |= fault.change(op);
  }
  const faults::InIr &fault;
  bool isFirst; ///< whether no pass was run before
};

#define CRIA_LOAD "_ZN4cria6driver10loadSourceERKNS0_7OptionsE"
#define CRIA_ADD                                                                                   \
  "_ZN4cria8addPhaseERN4mlir13OpPassManagerERKNS_5PhaseERN4llvm11raw_ostreamENS6_8ArrayRefINS6_"   \
  "9StringRefEEE"
#define CRIA_OPTIMIZE "_ZN4cria6driver8optimizeERN4llvm6ModuleERKNS0_6TargetE"
#define CRIA_GENERATE                                                                              \
  "_ZN4cria6driver8generateERN4llvm6ModuleERKNS0_6TargetENS1_15CodeGenFileTypeERKNSt7__"           \
  "cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"

using Kind = llvm::CodeGenFileType;

} // namespace

driver::Source realLoad(const driver::Options &options) asm("__real_" CRIA_LOAD);
driver::Source wrapLoad(const driver::Options &options) asm("__wrap_" CRIA_LOAD);
llvm::LogicalResult realAdd(mlir::OpPassManager &manager, const Phase &phase,
                            llvm::raw_ostream &errors,
                            llvm::ArrayRef<llvm::StringRef> fusions) asm("__real_" CRIA_ADD);
llvm::LogicalResult wrapAdd(mlir::OpPassManager &manager, const Phase &phase,
                            llvm::raw_ostream &errors,
                            llvm::ArrayRef<llvm::StringRef> fusions) asm("__wrap_" CRIA_ADD);
void realOptimize(llvm::Module &module, const driver::Target &target) asm("__real_" CRIA_OPTIMIZE);
void wrapOptimize(llvm::Module &module, const driver::Target &target) asm("__wrap_" CRIA_OPTIMIZE);
void realGenerate(llvm::Module &module, const driver::Target &target, Kind kind,
                  const std::string &path) asm("__real_" CRIA_GENERATE);
void wrapGenerate(llvm::Module &module, const driver::Target &target, Kind kind,
                  const std::string &path) asm("__wrap_" CRIA_GENERATE);

driver::Source wrapLoad(const driver::Options &options) {
  driver::Source source = realLoad(options);
  if (auto *fault = at<faults::InSource>())
    made |= fault->change(source);
  return source;
}

llvm::LogicalResult wrapAdd(mlir::OpPassManager &manager, const Phase &phase,
                            llvm::raw_ostream &errors, llvm::ArrayRef<llvm::StringRef> fusions) {
  if (auto *fault = at<faults::InIr>()) // criac adds a phase to a manager of its own
    static_cast<mlir::PassManager &>(manager).addInstrumentation(
        std::make_unique<AfterPass>(*fault, phase.name == phases().front().name));
  return realAdd(manager, phase, errors, fusions);
}

void wrapOptimize(llvm::Module &module, const driver::Target &target) {
  realOptimize(module, target);
  if (auto *fault = at<faults::InCode>())
    made |= fault->change(module);
}

void wrapGenerate(llvm::Module &module, const driver::Target &target, Kind kind,
                  const std::string &path) {
  realGenerate(module, target, kind, path);
  auto *fault = at<faults::InObject>();
  if (!fault || kind != Kind::ObjectFile)
    return;
  auto content = llvm::cantFail(llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(path)));
  std::vector<char> bytes(content->getBufferStart(), content->getBufferEnd());
  auto file = llvm::cantFail(llvm::object::ObjectFile::createObjectFile(*content));
  // Offsets are those of `content`, of which `bytes` is a copy.
  made |= fault->change(*file, bytes);
  std::ofstream(path, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
}

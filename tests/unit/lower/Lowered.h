//===- Lowered.h - A function of the dialect, compiled and called *- C++ -*-===//
#pragma once
#include "amx/EmulatedTiles.h"
#include "driver/Codegen.h"
#include "driver/Jit.h"
#include "gpu/emulator/EmulatedModule.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "passes/Phases.h"
#include "reference/Tensor.h"
#include "runtime/Team.h"
#include "support/Error.h"
#include <bit>
#include <cstring>
#include <random>

namespace cria::test {

using reference::Tensor;

/// Uniform in [-1, 1], as f32 holds it (and as bf16 does, if asked).
inline Tensor randomTensor(std::mt19937 &generator, std::vector<std::int64_t> shape,
                           bool bf16 = false) {
  Tensor tensor(std::move(shape));
  for (double &value : tensor.data) {
    float number = float(std::int32_t(generator())) * 0x1p-31f;
    std::uint32_t bits;
    std::memcpy(&bits, &number, 4);
    bits &= bf16 ? 0xffff0000 : 0xffffffff;
    std::memcpy(&number, &bits, 4);
    value = number;
  }
  return tensor;
}

/// A tensor as compiled code reads it.
class Buffer {
public:
  Buffer(const Tensor &tensor, bool bf16 = false) : bf16(bf16), shape(tensor.shape) {
    for (double value : tensor.data) {
      float number = float(value);
      std::uint32_t bits;
      std::memcpy(&bits, &number, 4);
      if (!bf16)
        words.push_back(bits);
      else
        halves.push_back(bits >> 16);
    }
  }
  void *data() { return bf16 ? static_cast<void *>(halves.data()) : words.data(); }
  Tensor read() const {
    Tensor tensor(shape);
    for (std::size_t i = 0; i < tensor.data.size(); ++i) {
      std::uint32_t bits = bf16 ? std::uint32_t(halves[i]) << 16 : words[i];
      float number;
      std::memcpy(&number, &bits, 4);
      tensor.data[i] = number;
    }
    return tensor;
  }

private:
  bool bf16;
  std::vector<std::int64_t> shape;
  std::vector<std::uint32_t> words;
  std::vector<std::uint16_t> halves;
};

/// `func.func private @f` of `source` through every phase after `model`, as machine code.
class Lowered {
public:
  Lowered(const std::string &source, const TargetInfo &info) {
    static auto *context = [] {
      mlir::DialectRegistry registry;
      registerDialects(registry);
      registerPasses();
      return new mlir::MLIRContext(registry);
    }();
    auto module = mlir::parseSourceString<mlir::ModuleOp>(source, context);
    if (!module)
      throw Error("not valid IR:\n" + source);
    driver::Target target = driver::makeTarget("native", "native");
    info.describe(*module);
    for (const Phase &phase : phases(info.backend).drop_front()) {
      mlir::PassManager manager(context);
      manager.enableVerifier(false); // after each pass
      if (failed(addPhase(manager, phase, llvm::errs())) || failed(manager.run(*module)) ||
          failed(mlir::verify(*module)))
        throw Error("phase " + phase.name.str() + " failed on\n" + source);
      if (phase.name == "fuse")
        llvm::raw_string_ostream(fused) << *module;
      if (phase.name == "schedule")
        llvm::raw_string_ostream(scheduled) << *module;
    }
    auto bytesOf = [&](llvm::StringRef name) {
      return std::size_t((*module)->getAttrOfType<mlir::IntegerAttr>(name).getInt());
    };
    workspace = rt::Mapping::zeros(bytesOf("cria.workspace_bytes"), "workspace");
    bool onGpu = info.backend == Backend::gpu;
    team.emplace(/*threads=*/onGpu ? 1 : 2, bytesOf("cria.scratch_bytes"));
    auto llvmContext = std::make_unique<llvm::LLVMContext>();
    std::unique_ptr<llvm::Module> llvmModule;
    if (onGpu) {
      driver::Target gpu = driver::makeTarget(info.dialect == "rocdl" ? "amd" : "nvidia", "native");
      emulated.emplace(*module, gpu, target);
      llvmContext = emulated->takeContext();
      llvmModule = emulated->takeCode();
    } else {
      llvmModule = driver::translate(*module, *llvmContext, target);
      emulator::emulateTiles(*llvmModule);
    }
    llvmModule->getFunction("f")->setLinkage(llvm::GlobalValue::ExternalLinkage);
    driver::optimize(*llvmModule, target);
    jit.emplace(std::move(llvmModule), std::move(llvmContext), target);
    if (emulated)
      emulated->find(*jit);
  }

  /// Pointers and integers, in the order of @f's arguments.
  template <typename... Args>
  void operator()(Args... args) {
    auto *f = jit->lookup<void(void *, Args..., void *, void *)>("f");
    // On a GPU the last index is the address of one.
    std::int64_t position = 0, *last = nullptr;
    auto find = [&](auto &argument) {
      if constexpr (std::is_same_v<decltype(argument), std::int64_t &>)
        last = &argument;
    };
    (find(args), ...);
    if (emulated && last)
      position = std::exchange(*last, std::bit_cast<std::int64_t>(&position));
    if (emulated) {
      static unsigned order = 0;
      emulated->use(order++ % 3);
      // What is not written stays what no answer is.
      std::memset(workspace.data(), 0xff, workspace.size());
    }
    team->run([&](rt::Worker &worker, void *scratch) {
      f(&worker, args..., static_cast<void *>(workspace.data()), scratch);
    });
  }

  /// The IR after these phases.
  std::string fused, scheduled;

private:
  std::optional<driver::Jit> jit;
  rt::Mapping workspace;
  std::optional<rt::Team> team;
  std::optional<emulator::EmulatedModule> emulated; ///< if it is for a GPU
};

/// The magnitudes of all elements.
inline Tensor absolute(Tensor tensor) {
  for (double &value : tensor.data)
    value = std::abs(value);
  return tensor;
}

/// Greatest difference, relative to the greatest of `terms`, of which every element is a sum:
/// they may cancel, and f32 rounds each of them (absolute where all are 0).
inline double relativeError(const Tensor &found, const Tensor &expected, const Tensor &terms) {
  double difference = 0, magnitude = 0;
  for (std::size_t i = 0; i < expected.data.size(); ++i) {
    double d = std::abs(found.data[i] - expected.data[i]);
    difference = std::isnan(d) ? INFINITY : std::max(difference, d);
    magnitude = std::max(magnitude, std::abs(terms.data[i]));
  }
  return magnitude ? difference / magnitude : difference;
}
/// The same for elements whose terms do not cancel.
inline double relativeError(const Tensor &found, const Tensor &expected) {
  return relativeError(found, expected, expected);
}

} // namespace cria::test

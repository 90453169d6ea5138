//===- KernelFactsTest.cpp - What kernels read, write and compute ---------===//
#include "report/KernelFacts.h"
#include "catch2/catch.hpp"
#include "emit/Emit.h"
#include "passes/Phases.h"
#include "report/StepCost.h"
#include "spec/Presets.h"

using namespace cria;
using report::Amount;

namespace {

/// A preset after the phase `schedule`, with all fusions or with none.
struct Scheduled {
  Scheduled(const char *model, llvm::StringRef fuse) {
    static bool once = (registerPasses(), true);
    (void)once;
    mlir::DialectRegistry registry;
    registerDialects(registry);
    context.appendDialectRegistry(registry);
    emit::Options how;
    how.maxSeq = 2048;
    how.chunk = 64;
    module = emit::emitModel(context, *spec::preset(model), how);
    mlir::PassManager manager(&context);
    for (const char *phase : {"model", "fuse", "schedule"})
      REQUIRE(
          succeeded(addPhase(manager, *findPhase(phase), llvm::errs(), selectFusions(fuse, ""))));
    REQUIRE(succeeded(manager.run(*module)));
  }
  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace

TEST_CASE("terms are solved for") {
  Amount terms{7, 5, 3, 2, 4};
  CHECK(report::amountOf([&](Step step) { return report::valueOf(terms, step); }) == terms);
  CHECK(report::valueOf(terms, {10, 2}) == 7 + 5 * 2 + 3 * 12 + 2 * (20 + 3) + 4 * 4);
}

TEST_CASE("kernels add up to the cost of a step, and reads and writes to a kernel's bytes") {
  for (const char *fuse : {"all", "none"}) {
    Scheduled model("stories", fuse);
    auto kernels = report::kernelsOf(*model.module);
    for (const char *entry : {"prefill", "decode", "head"})
      for (Step step : {Step{0, 1}, Step{1024, 1}, Step{100, 17}}) {
        bool isPrefill = llvm::StringRef(entry) == "prefill";
        step.tokens = isPrefill ? step.tokens : 1;
        Cost cost = report::stepCost(model.module->lookupSymbol<mlir::func::FuncOp>(entry), step);
        std::int64_t bytes = 0, flops = 0;
        for (const report::KernelFacts &kernel : kernels)
          if (kernel.entry == entry) {
            bytes += kernel.times * report::valueOf(kernel.bytes, step);
            flops += kernel.times * report::valueOf(kernel.flops, step);
          }
        INFO(fuse << ": " << entry);
        CHECK(bytes == cost.bytes());
        CHECK(flops == cost.flops);
      }
    for (const report::KernelFacts &kernel : kernels) {
      Amount sum{};
      for (const auto *flows : {&kernel.reads, &kernel.writes})
        for (const report::Flow &flow : *flows)
          for (auto [all, one] : llvm::zip_equal(sum, flow.bytes))
            all += one;
      INFO(kernel.name);
      CHECK(sum == kernel.bytes);
    }
  }
}

TEST_CASE("reads name their origin") {
  Scheduled model("stories", "all");
  std::string found;
  for (const report::KernelFacts &kernel : report::kernelsOf(*model.module))
    for (const report::Flow &read : kernel.reads)
      found += kernel.name + " < " + read.memory + " " + read.what + " " + read.after + "\n";
  for (const char *line :
       {"decode.embed < weights model.embed_tokens.weight \n", "decode.embed < input tokens \n",
        "decode.qkv < decode.embed embed decode.down\n",
        "decode.qkv < weights model.layers.{}.self_attn.q_proj.weight \n",
        "decode.attend < decode.qkv rope \n", "decode.attend < cache keys decode.qkv\n",
        "decode.attend < cache values decode.qkv\n", "decode.down < decode.gate_up swiglu \n",
        "decode.lm_head < decode.down residual \n", "head.lm_head < input hidden \n"}) {
    INFO(line << found);
    CHECK(found.find(line) != found.npos);
  }
}

//===- test_step_cost.cpp - Figures of specs against costs of IR ----------===//
#include "catch2/catch.hpp"
#include "cria/spec/presets/llama3.hpp"
#include "cria/spec/presets/stories.hpp"
#include "cria/spec/to_graph.hpp"
#include "emit/Emit.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "passes/Phases.h"
#include "report/StepCost.h"
#include "spec/Presets.h"

using namespace cria;

namespace {

mlir::MLIRContext &context() {
  static auto *context = [] {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    return new mlir::MLIRContext(registry);
  }();
  return *context;
}

Cost costOfDecode(const char *preset, std::int64_t tokens) {
  emit::Options how;
  how.kvDtype = spec::DType::bf16;
  auto module = emit::emitModel(context(), *spec::preset(preset), how);
  return report::stepCost(module->lookupSymbol<mlir::func::FuncOp>("decode"), tokens);
}

/// Weights and cache are bf16.
template <class Model>
void compare(const char *preset, const Model &model) {
  for (std::int64_t tokens : {0, 1, 777, 4000}) {
    INFO(preset << " at context " << tokens);
    Cost cost = costOfDecode(preset, tokens);
    CHECK(cost.flops == flops_per_token(model, tokens));
    CHECK(cost.bytes() == bytes_per_token(model, tokens, spec::bf16));
  }
}

} // namespace

TEST_CASE("the figures of a spec are what the cost interface says of its IR") {
  using namespace spec::presets;
  compare("stories", stories);
  compare("llama3-8b", llama3_8b);
  compare("llama3.2-1b", llama3_2_1b);
}

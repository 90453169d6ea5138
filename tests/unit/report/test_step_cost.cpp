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
#include "spec/Names.h"

using namespace cria;

namespace {

using namespace cria::spec;

CRIA_MODEL(every_block, trained{.context = 4096, .storage = bf16}, embed{.vocab = 101, .width = 24},
           layer_norm{},
           repeat(3,
                  residual(rms_norm{},
                           attention{.heads = 4, .kv_heads = 2, .head_dim = 6, .bias = true}),
                  residual(layer_norm{}, geglu{.hidden = 35, .bias = true}),
                  residual(chain(rms_norm{}, reglu{.hidden = 33}))),
           residual(swiglu{.hidden = 31, .bias = true}), layer_norm{},
           unembed{.vocab = 101, .tied = true});

mlir::MLIRContext &context() {
  static auto *context = [] {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    return new mlir::MLIRContext(registry);
  }();
  return *context;
}

Cost costOfDecode(const Model &model, std::int64_t tokens) {
  emit::Options how;
  how.kvDtype = bf16;
  auto module = emit::emitModel(context(), model, how);
  return report::stepCost(module->lookupSymbol<mlir::func::FuncOp>("decode"), tokens);
}

/// Weights and cache are bf16.
template <class Chain>
void compare(const char *name, const model_of<Chain> &model) {
  Model graph = to_graph(model, name);
  name_weights(graph);
  for (std::int64_t tokens : {0, 1, 777, 4000}) {
    INFO(name << " at context " << tokens);
    Cost cost = costOfDecode(graph, tokens);
    CHECK(cost.flops == flops_per_token(model, tokens));
    CHECK(cost.bytes() == bytes_per_token(model, tokens, bf16));
  }
}

} // namespace

TEST_CASE("the figures of a spec equal the costs of its IR") {
  compare("stories", presets::stories);
  compare("llama3_8b", presets::llama3_8b);
  compare("llama3_2_1b", presets::llama3_2_1b);
  compare("every_block", every_block);
}

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
  return report::stepCost(module->lookupSymbol<mlir::func::FuncOp>("decode"), {tokens, 1});
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

TEST_CASE("a prompt costs what its tokens cost one at a time, but reads weights once a call") {
  Model graph = to_graph(presets::stories, "stories");
  name_weights(graph);
  emit::Options how;
  how.chunk = 16;
  auto module = emit::emitModel(context(), graph, how);
  auto costOf = [&](const char *entry, Step step) {
    return report::stepCost(module->lookupSymbol<mlir::func::FuncOp>(entry), step);
  };
  CHECK(report::mostTokens(module->lookupSymbol<mlir::func::FuncOp>("prefill")) == 16);
  CHECK(report::mostTokens(module->lookupSymbol<mlir::func::FuncOp>("decode")) == 1);
  for (std::int64_t context : {0, 100})
    for (std::int64_t tokens : {1, 5, 16}) {
      Cost whole = costOf("prefill", {context, tokens}), head = costOf("head", {0, 1}), single;
      for (std::int64_t i = 0; i < tokens; ++i)
        single += costOf("decode", {context + i, 1});
      CHECK(whole.flops == single.flops - tokens * head.flops);
      CHECK(whole.bytes() <= single.bytes() - tokens * head.bytes());
      if (tokens > 1)
        CHECK(whole.bytes() < single.bytes() / 2);
    }
}

TEST_CASE("the figures of a spec equal the costs of its IR") {
  compare("stories", presets::stories);
  compare("llama3_8b", presets::llama3_8b);
  compare("llama3_2_1b", presets::llama3_2_1b);
  compare("every_block", every_block);
}

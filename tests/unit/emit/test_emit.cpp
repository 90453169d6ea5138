//===- test_emit.cpp - Spec graphs to IR, and the IR through all phases ---===//
#include "catch2/catch.hpp"
#include "emit/Emit.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "passes/Phases.h"
#include "support/Error.h"

using namespace cria;

namespace {

spec::Model tinyModel(std::int64_t layers) {
  spec::Attention attention{4, 2, 8, {}, false, "model.layers.{}.self_attn"};
  std::vector<spec::Node> block{
      spec::Residual{{spec::RmsNorm{1e-5, "model.layers.{}.input_layernorm"}, attention}},
      spec::Residual{{spec::RmsNorm{1e-5, "model.layers.{}.post_attention_layernorm"},
                      spec::SwiGlu{36, false, "model.layers.{}.mlp"}}}};
  return {"tiny",
          {spec::Embed{80, 24, "model.embed_tokens"}, spec::Repeat{layers, block},
           spec::RmsNorm{1e-5, "model.norm"}, spec::Unembed{80, true, "lm_head"}},
          256,
          spec::DType::bf16};
}

mlir::MLIRContext &context() {
  static mlir::DialectRegistry registry;
  static mlir::MLIRContext *context = [] {
    registerDialects(registry);
    registerPasses();
    return new mlir::MLIRContext(registry);
  }();
  return *context;
}

std::string print(mlir::ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream(text) << module;
  return text;
}

} // namespace

TEST_CASE("a model becomes four entry points") {
  auto module = emit::emitModel(context(), tinyModel(2), {});
  for (const char *name : {"prefill", "decode", "head", "state"})
    CHECK(module->lookupSymbol(name));
  INFO(print(*module));
  CHECK(print(*module).find("cria.param @self_attn_q_proj "
                            "\"model.layers.{}.self_attn.q_proj.weight\" x 2 repeated : "
                            "tensor<32x24xbf16>") != std::string::npos);
}

TEST_CASE("layers that store weights in two ways are two bodies of one loop") {
  emit::Options options;
  auto down = [&](std::vector<spec::DType> dtypes) {
    options.dtypes["model.layers.{}.mlp.down_proj.weight"] = std::move(dtypes);
    return print(*emit::emitModel(context(), tinyModel(4), options));
  };
  using enum spec::DType;
  std::string text = down({f32, bf16, bf16, f32});
  INFO(text);
  auto has = [&](const char *part) { return text.find(part) != std::string::npos; };
  CHECK(has("dense<[0, 1, 1, 0]> : tensor<4xindex>"));
  CHECK(has("cria.param @mlp_down_proj \"model.layers.{}.mlp.down_proj.weight\" x 4 repeated "
            "layers [0, 3] : tensor<24x36xf32>"));
  CHECK(has("cria.param @mlp_down_proj_2 \"model.layers.{}.mlp.down_proj.weight\" x 4 repeated "
            "layers [1, 2] : tensor<24x36xbf16>"));
  CHECK(has("cria.param @mlp_up_proj \"model.layers.{}.mlp.up_proj.weight\" x 4 repeated : "));
  auto switches = [](llvm::StringRef text) { return text.count("scf.index_switch"); };
  CHECK(switches(text) == 2); // prefill and decode
  CHECK(switches(down({f32, f32, f32, f32})) == 0);
}

TEST_CASE("the size of the IR does not depend on the number of layers") {
  auto lines = [](std::int64_t layers) {
    std::string text = print(*emit::emitModel(context(), tinyModel(layers), {}));
    return std::count(text.begin(), text.end(), '\n');
  };
  CHECK(lines(2) == lines(80));
}

TEST_CASE("every phase runs on an emitted model") {
  auto module = emit::emitModel(context(), tinyModel(3), {});
  for (const Phase &phase : phases()) {
    mlir::PassManager manager(&context());
    std::string errors;
    llvm::raw_string_ostream stream(errors);
    INFO(phase.name.str() << " " << errors);
    REQUIRE(llvm::succeeded(addPhase(manager, phase, stream)));
    REQUIRE(llvm::succeeded(manager.run(*module)));
    if (getenv("CRIA_PRINT"))
      llvm::errs() << "// ---- " << phase.name << "\n" << *module << "\n";
  }
}

TEST_CASE("meaningless graphs are refused with a message") {
  spec::Model model = tinyModel(2);
  model.nodes.erase(model.nodes.begin());
  CHECK_THROWS_WITH(emit::emitModel(context(), model, {}),
                    "spec: a model must begin with embed and end with unembed");
  model = tinyModel(2);
  std::get<spec::Unembed>(model.nodes.back()).vocab = 81;
  CHECK_THROWS_WITH(emit::emitModel(context(), model, {}),
                    "spec: embed has a vocabulary of 80 tokens but unembed has 81");
}

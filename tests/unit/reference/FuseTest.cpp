//===- FuseTest.cpp - Fused IR means what the model means, in f64 ---------===//
//
// The interpreter runs the IR before and after the passes. No code is generated, so what
// differs by more than rounding of f64 is an error of a pass.
//
//===----------------------------------------------------------------------===//
#include "Seed.h"
#include "emit/Emit.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassRegistry.h"
#include "passes/Phases.h"
#include "reference/Interpreter.h"
#include "runtime/RandomWeights.h"
#include <catch2/catch.hpp>

using namespace cria;
using reference::Tensor;

namespace {

std::mt19937 &generator() {
  static std::mt19937 made(test::seed());
  return made;
}

std::int64_t draw(std::int64_t low, std::int64_t high) {
  return low + std::int64_t(generator()() % std::uint64_t(high - low + 1));
}
bool chance(int percent) { return draw(0, 99) < percent; }

mlir::MLIRContext &context() {
  static mlir::MLIRContext *made = [] {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    registerPasses();
    auto *context = new mlir::MLIRContext(registry, mlir::MLIRContext::Threading::DISABLED);
    return context;
  }();
  return *made;
}

spec::Node norm(const std::string &name) {
  auto kind = chance(80) ? spec::RmsNorm::Kind::rms : spec::RmsNorm::Kind::layer;
  return spec::RmsNorm{1e-5, name, kind};
}

/// Any norm before any gate, mostly with a residual around both.
void addBranch(std::vector<spec::Node> &nodes, const std::string &name, spec::Node block) {
  std::vector<spec::Node> branch{norm(name), std::move(block)};
  if (chance(80))
    nodes.emplace_back(spec::Residual{branch});
  else
    nodes.insert(nodes.end(), branch.begin(), branch.end());
}

spec::Model randomModel() {
  spec::Attention attention;
  attention.kv_heads = draw(1, 3);
  attention.heads = attention.kv_heads * draw(1, 3);
  attention.head_dim = 2 * draw(1, 9);
  attention.rope.theta = 1e4;
  attention.bias = chance(30);
  attention.name = "model.layers.{}.self_attn";
  spec::SwiGlu gated{draw(1, 40), chance(30), "model.layers.{}.mlp",
                     spec::SwiGlu::Gate(draw(0, 2))};
  std::vector<spec::Node> body;
  addBranch(body, "model.layers.{}.input_layernorm", attention);
  addBranch(body, "model.layers.{}.post_attention_layernorm", gated);
  std::int64_t vocab = draw(5, 40); // a chunk of different tokens
  return {"random",
          {spec::Embed{vocab, draw(4, 40), "model.embed_tokens"}, spec::Repeat{draw(1, 3), body},
           norm("model.norm"), spec::Unembed{vocab, chance(50), "lm_head"}},
          64,
          spec::DType::f32};
}

std::shared_ptr<Tensor> filled(std::vector<std::int64_t> shape, const std::string &name) {
  auto tensor = std::make_shared<Tensor>(std::move(shape));
  rt::RandomTensor values(test::seed(), name, std::int64_t(tensor->shape.size()),
                          tensor->shape.back());
  for (std::size_t i = 0; i < tensor->data.size(); ++i)
    tensor->data[i] = values[i];
  return tensor;
}

std::shared_ptr<Tensor> weight(ParamOp param, std::int64_t layer) {
  return filled(param.getTensorType().getShape().vec(),
                param.getCheckpointName().str() + std::to_string(layer));
}

/// A step of a model: the number of tokens of prefill, and of those before them.
struct Call {
  std::int64_t vocab, count, position;
};

/// All results of the three entry points, one after another.
std::vector<double> run(mlir::ModuleOp module, const Call &call,
                        const reference::TrafficObserver &observer = {}) {
  std::vector<double> all;
  for (const char *name : {"prefill", "decode", "head"}) {
    auto entry = module.lookupSymbol<mlir::func::FuncOp>(name);
    std::vector<reference::Value> arguments;
    for (mlir::Type type : entry.getArgumentTypes()) {
      auto tensor = mlir::dyn_cast<mlir::RankedTensorType>(type);
      if (!tensor) {
        bool isCount = entry.getName() == "prefill" && arguments.size() == 1; // after the tokens
        if (type.isIndex())
          arguments.emplace_back(isCount ? call.count : call.position);
        continue;
      }
      auto made = filled(tensor.getShape().vec(), name + std::to_string(arguments.size()));
      if (tensor.getElementType().isInteger())
        for (std::size_t i = 0; i < made->data.size(); ++i)
          made->data[i] = double((i + 1) % std::uint64_t(call.vocab));
      arguments.emplace_back(made);
    }
    for (const reference::Value &result :
         reference::interpret(entry, arguments, weight, observer)) {
      const Tensor &tensor = *std::get<std::shared_ptr<Tensor>>(result);
      all.insert(all.end(), tensor.data.begin(), tensor.data.end());
    }
  }
  return all;
}

double difference(const std::vector<double> &found, const std::vector<double> &expected) {
  double worst = 0, greatest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    double d = std::abs(found[i] - expected[i]);
    worst = std::isnan(d) ? INFINITY : std::max(worst, d);
    greatest = std::max(greatest, std::abs(expected[i]));
  }
  return found.size() == expected.size() ? worst / greatest : INFINITY;
}

/// One random model, emitted for a machine so small and so many cores that all is split.
struct Emitted {
  spec::Model model = randomModel();
  Call call{std::get<spec::Embed>(model.nodes[0]).vocab, 0, draw(0, 5)};
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<double> expected;

  Emitted() {
    emit::Options how;
    how.chunk = draw(1, 5);
    how.maxSeq = 10;
    call.count = draw(1, how.chunk);
    how.target = {256, 16, 64, 256, 1 << 13, 16};
    module = emit::emitModel(context(), model, how);
    expected = run(*module, call);
  }

  /// Of the results after the phase `fuse` with `fusions`.
  double fused(llvm::ArrayRef<llvm::StringRef> fusions) {
    mlir::OwningOpRef<mlir::ModuleOp> copy = module->clone();
    mlir::PassManager manager(&context());
    REQUIRE(succeeded(addPhase(manager, *findPhase("fuse"), llvm::errs(), fusions)));
    REQUIRE(succeeded(manager.run(*copy)));
    return difference(run(*copy, call), expected);
  }
  /// After the phase `loops` with `fusions`: kernels are tiles, and all ops but reads of weights
  /// are decomposed.
  mlir::OwningOpRef<mlir::ModuleOp> loops(llvm::ArrayRef<llvm::StringRef> fusions) {
    mlir::OwningOpRef<mlir::ModuleOp> copy = module->clone();
    mlir::PassManager manager(&context());
    for (const char *phase : {"fuse", "schedule", "loops"})
      REQUIRE(succeeded(addPhase(manager, *findPhase(phase), llvm::errs(), fusions)));
    REQUIRE(succeeded(manager.run(*copy)));
    std::string text;
    llvm::raw_string_ostream(text) << *copy;
    CHECK(text.find("scf.forall") != std::string::npos);
    CHECK(text.find("cria.linear") == std::string::npos);
    return copy;
  }
  double decomposed(llvm::ArrayRef<llvm::StringRef> fusions) {
    return difference(run(*loops(fusions), call), expected);
  }
};

std::vector<llvm::StringRef> subset(unsigned bits) {
  std::vector<llvm::StringRef> chosen;
  for (unsigned i = 0; i < fusions().size(); ++i)
    if (bits >> i & 1)
      chosen.push_back(fusions()[i].name);
  return chosen;
}

constexpr double rounding = 1e-10; // of f64, after sums in another order
constexpr double constants = 1e-5; // which are f32 in decompositions, and pass through all layers

} // namespace

TEST_CASE("every subset of fusions keeps the meaning of a model") {
  Emitted emitted;
  CHECK(*std::max_element(emitted.expected.begin(), emitted.expected.end()) > 1e-3);
  for (unsigned bits = 0; bits < 1u << fusions().size(); ++bits) {
    INFO("subset " << bits << ", CRIA_SEED=" << test::seed());
    CHECK(emitted.fused(subset(bits)) < rounding);
  }
}

TEST_CASE("fused and tiled kernels keep the meaning of random models") {
  for (int i = 0; i < 25; ++i) {
    Emitted emitted;
    auto bits = i == 0 ? ~0u : generator()();
    INFO("model " << i << ", subset " << bits << ", CRIA_SEED=" << test::seed());
    CHECK(emitted.fused(subset(bits)) < rounding);
    CHECK(emitted.decomposed(subset(bits)) < constants);
  }
}

TEST_CASE("the bytes that kernels are booked with are those that their loops touch") {
  for (int i = 0; i < 20; ++i) {
    Emitted emitted;
    auto bits = i == 0 ? ~0u : i == 1 ? 0u : generator()();
    INFO("model " << i << ", subset " << bits << ", CRIA_SEED=" << test::seed());
    int kernels = 0;
    auto module = emitted.loops(subset(bits));
    run(*module, emitted.call, [&](KernelOp kernel, const reference::Traffic &traffic) {
      ++kernels;
      auto entry = kernel->getParentOfType<mlir::func::FuncOp>().getName();
      auto terms = kernel->getAttrOfType<mlir::DenseI64ArrayAttr>("cria.bytes").asArrayRef();
      std::int64_t tokens = entry == "prefill" ? emitted.call.count : 1;
      std::int64_t rows = emitted.call.position + tokens;
      std::int64_t pairs = tokens * emitted.call.position + tokens * (tokens + 1) / 2;
      INFO(entry.str() << "." << kernel.getName().str() << ", " << tokens << " tokens, " << rows
                       << " rows");
      CHECK(traffic.bytesRead + traffic.bytesWritten ==
            terms[0] + terms[1] * tokens + terms[2] * rows + terms[3] * pairs);
    });
    CHECK(kernels > 5);
  }
}

TEST_CASE("a factor that is wrong by a millionth is found") {
  Emitted emitted;
  emitted.module->lookupSymbol<mlir::func::FuncOp>("head").walk(
      [](LinearOp op) { op.setAlpha(llvm::APFloat(1 + 1e-6)); });
  CHECK(emitted.fused(subset(~0u)) > rounding);
}

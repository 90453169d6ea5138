//===- StoriesTest.cpp - A model, compiled for a GPU ----------------------===//
#include "Seed.h"
#include "catch2/catch.hpp"
#include "cria/runtime/abi.h"
#include "driver/Codegen.h"
#include "driver/Lowering.h"
#include "gpu/emulator/EmulatedModule.h"
#include "measure/CompiledModel.h"
#include "passes/fuse/Fusions.h"
#include "passes/gpu/Block.h"
#include "runtime/Session.h"
#include "runtime/Threads.h"
#include <algorithm>
#include <cmath>
#include <random>

using namespace cria;
using Tokens = std::vector<std::int32_t>;

namespace {

driver::Options optionsFor(const char *model, const char *target) {
  driver::Options options;
  options.model = std::string(CRIA_SOURCE_DIR) + "/" + model;
  options.noChatTemplate = true;
  options.plan.target = target;
  return options;
}

/// A model whose entry points launch kernels on the emulator.
class EmulatedModel {
public:
  EmulatedModel(driver::Options of, llvm::ArrayRef<llvm::StringRef> fusions)
      : options(std::move(of)), source(driver::loadSource(options)),
        gpu(driver::makeTarget(options.plan.target, "native")),
        host(driver::makeTarget("native", "native")) {
    driver::Lowering lowering(options, source, gpu);
    lowering.run(fusions);
    code.emplace(lowering.module(), gpu, host);
    driver::Facts facts = lowering.facts();
    facts.variants.push_back(lowering.codeFacts());
    facts.variants.back().features.clear(); // of the GPU
    facts.variants.back().blockThreads = blockThreads;
    std::unique_ptr<llvm::LLVMContext> context = code->takeContext();
    std::unique_ptr<llvm::Module> module = code->takeCode();
    driver::addDescriptor(*module, source, facts);
    driver::optimize(*module, host);
    jit.emplace(std::move(module), std::move(context), host);
    code->find(*jit);
    model = std::make_shared<const rt::Model>(
        *jit->lookup<const cria_model>(CRIA_MODEL_SYMBOL_NAME), "");
  }

  void use(unsigned seed) { code->use(seed); }
  std::shared_ptr<const rt::Model> model;

private:
  driver::Options options;
  driver::Source source;
  driver::Target gpu, host;
  std::optional<emulator::EmulatedModule> code;
  std::optional<driver::Jit> jit;
};

std::int32_t likeliest(std::span<const float> logits) {
  return std::int32_t(std::ranges::max_element(logits) - logits.begin());
}

/// The greatest difference, relative to the greatest logit.
double difference(std::span<const float> found, std::span<const float> expected) {
  double most = 0, size = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    double d = std::abs(double(found[i]) - expected[i]);
    most = std::isnan(d) ? INFINITY : std::max(most, d);
    size = std::max(size, std::abs(double(expected[i])));
  }
  return most / size;
}

/// The logits after `prompt` must not depend on the order in which threads run.
void compareOrders(EmulatedModel &gpu, const Tokens &prompt) {
  std::vector<std::vector<float>> found;
  for (unsigned seed : {0U, 1U, 2 + ::test::seed()}) {
    gpu.use(seed);
    rt::Session session(gpu.model);
    session.prefill(prompt);
    session.decode(prompt.front());
    found.emplace_back(session.logits().begin(), session.logits().end());
  }
  CHECK(found[0] == found[1]);
  CHECK(found[0] == found[2]);
}

/// Prefills and decodes on both; logits must agree, and so must the tokens that they choose.
void compare(rt::Session &onGpu, rt::Session &onCpu, const Tokens &prompt, int steps) {
  onGpu.prefill(prompt);
  onCpu.prefill(prompt);
  for (int i = 0; i < steps; ++i) {
    INFO("position " << onCpu.position());
    CHECK(difference(onGpu.logits(), onCpu.logits()) < 2e-6);
    std::int32_t next = likeliest(onCpu.logits());
    REQUIRE(likeliest(onGpu.logits()) == next);
    onGpu.decode(next);
    onCpu.decode(next);
  }
}

std::shared_ptr<const rt::Model> onCpu(const measure::CompiledModel &code) {
  return std::make_shared<const rt::Model>(code.model(), "");
}

} // namespace

TEST_CASE("stories on a GPU, from a prompt to its continuation") {
  rt::setThreads(1);
  driver::Options options = optionsFor("models/stories", "native");
  driver::Source source = driver::loadSource(options);
  measure::CompiledModel cpu(options, source, driver::makeTarget("native", "native"),
                             selectFusions("", ""));
  for (const char *target : {"nvidia", "amd"}) {
    INFO(target);
    EmulatedModel gpu(optionsFor("models/stories", target), selectFusions("", ""));
    gpu.use(2 + ::test::seed());
    rt::Session first(gpu.model), second(onCpu(cpu));
    compare(first, second, {1, 263, 31, 7}, 3);
  }
}

TEST_CASE("a model in blocks on a GPU, with its keys and values") {
  rt::setThreads(1);
  for (auto [gpuTarget, weights] : {std::pair{"nvidia", spec::q8_0}, {"amd", spec::q4_0}}) {
    auto options = [&, weights = weights](const char *target) {
      driver::Options made = optionsFor("models/stories", target);
      made.randomSeed = 1;
      made.plan.weights = weights;
      made.plan.cache = spec::q8_0;
      return made;
    };
    driver::Options host = options("native");
    driver::Source source = driver::loadSource(host);
    measure::CompiledModel cpu(host, source, driver::makeTarget("native", "native"),
                               selectFusions("", ""));
    EmulatedModel gpu(options(gpuTarget), selectFusions("", ""));
    gpu.use(2 + ::test::seed());
    rt::Session first(gpu.model), second(onCpu(cpu));
    compare(first, second, {1, 263, 31}, 2);
  }
}

TEST_CASE("a small model on a GPU, with sets of fusions") {
  rt::setThreads(1);
  const char *model = "tests/goldens/tiny/f32";
  driver::Options options = optionsFor(model, "native");
  driver::Source source = driver::loadSource(options);
  measure::CompiledModel cpu(options, source, driver::makeTarget("native", "native"),
                             selectFusions("", ""));
  // None, all, and some.
  std::mt19937 generator(::test::seed());
  llvm::SmallVector<llvm::StringRef> all = selectFusions("", ""), some;
  std::ranges::copy_if(all, std::back_inserter(some), [&](auto) { return generator() % 2; });
  unsigned seed = 0;
  for (const auto &set : {llvm::SmallVector<llvm::StringRef>(), all, some})
    for (const char *target : {"nvidia", "amd"}) {
      INFO(target << ", " << llvm::join(set, ","));
      EmulatedModel gpu(optionsFor(model, target), set);
      gpu.use(seed++);
      rt::Session first(gpu.model), second(onCpu(cpu));
      compare(first, second, {1, 5, 9}, 2);
      compareOrders(gpu, {1, 5, 9});
    }
}

//===- AnswersTest.cpp - The same answers from every machine --------------===//
#include "Machines.h"
#include "catch2/catch.hpp"
#include "measure/CompiledModel.h"
#include "passes/fuse/Fusions.h"
#include "runtime/Session.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>

using namespace cria;
using Tokens = std::vector<std::int32_t>;

namespace {

struct Golden {
  Tokens prompt, greedy;
};

Tokens tokensOf(const llvm::json::Array &numbers) {
  Tokens tokens;
  for (const llvm::json::Value &number : numbers)
    tokens.push_back(std::int32_t(*number.getAsInteger()));
  return tokens;
}

/// What transformers answers (tests/goldens/stories).
std::vector<Golden> goldens() {
  auto file = llvm::MemoryBuffer::getFile(CRIA_SOURCE_DIR "/tests/goldens/stories/greedy.json");
  REQUIRE(file);
  auto json = llvm::json::parse((*file)->getBuffer());
  REQUIRE(bool(json));
  std::vector<Golden> all;
  for (const llvm::json::Value &value : *json->getAsObject()->getArray("cases")) {
    const llvm::json::Object &golden = *value.getAsObject();
    all.push_back({tokensOf(*golden.getArray("prompt")), tokensOf(*golden.getArray("greedy"))});
  }
  return all;
}

Tokens answer(const std::shared_ptr<const rt::Model> &model, const Golden &golden) {
  auto likeliest = [](std::span<const float> logits) {
    return std::int32_t(std::ranges::max_element(logits) - logits.begin());
  };
  rt::Session session(model);
  session.prefill(golden.prompt);
  Tokens tokens{likeliest(session.logits())};
  while (tokens.size() < golden.greedy.size()) {
    session.decode(tokens.back());
    tokens.push_back(likeliest(session.logits()));
  }
  return tokens;
}

} // namespace

TEST_CASE("a model answers the same on every machine") {
  const std::vector<Golden> all = goldens();
  REQUIRE(all.size() > 1);
  driver::Options options = test::optionsFor(CRIA_SOURCE_DIR "/models/stories");
  driver::Source source = driver::loadSource(options);
  for (const test::Machine &machine : test::machines()) {
    INFO(machine.name);
    driver::Target target = test::targetOf(machine);
    measure::CompiledModel code(options, source, target, selectFusions("", ""));
    auto model = std::make_shared<const rt::Model>(code.model(), "");
    for (const Golden &golden : all)
      CHECK(answer(model, golden) == golden.greedy);
  }
}

//===- TilesTest.cpp - Prompts that are multiplied in tiles ---------------===//
#include "Machines.h"
#include "amx/EmulatedTiles.h"
#include "catch2/catch.hpp"
#include "cria/runtime/abi.h"
#include "driver/Codegen.h"
#include "driver/Jit.h"
#include "driver/Reference.h"
#include "driver/Variants.h"
#include "passes/fuse/Fusions.h"
#include "runtime/Session.h"
#include "verify/Check.h"

using namespace cria;

TEST_CASE("a model with AMX answers within the bound of products that round") {
  driver::Options options = test::optionsFor(CRIA_SOURCE_DIR "/models/stories");
  options.plan.products = "fast";
  driver::Source source = driver::loadSource(options);
  driver::Target target = test::targetOf({"AMX", {.vectorBits = 512, .vectorRegisters = 32}});
  target.info.features = {"amx-bf16", "emulated-dot-bf16"};
  driver::Lowering lowering(options, source, target);
  lowering.run(selectFusions("", ""));
  driver::Variants variants(/*several=*/false);
  variants.add(lowering);
  driver::LlvmCode code = variants.finish(source);
  REQUIRE(code.module->getFunction("llvm.x86.tdpbf16ps.internal"));
  emulator::emulateTiles(*code.module);
  driver::optimize(*code.module, target);
  driver::Jit jit(std::move(code.module), std::move(code.context), target);
  auto model =
      std::make_shared<const rt::Model>(*jit.lookup<const cria_model>(CRIA_MODEL_SYMBOL_NAME), "");

  verify::Expected expected = driver::expectedAnswers(options, source, /*budget=*/2e9);
  auto count = expected.tokens.size();
  REQUIRE(count > 100);
  // Rows for the dot alone, parts of a tile, a whole one, parts of two, and whole blocks with a
  // rest.
  for (std::size_t chunk :
       {std::size_t(8), std::size_t(9), std::size_t(16), std::size_t(31), count}) {
    INFO(chunk << " of " << count << " tokens at a time");
    verify::Check check(expected);
    rt::Session session(model);
    auto see = [&](std::int64_t position, std::span<const float> logits) {
      check.see(position, logits);
    };
    for (std::size_t at = 0; at < count; at += chunk)
      session.prefill(std::span(expected.tokens).subspan(at, std::min(chunk, count - at)), see);
    INFO(check.worst().text());
    CHECK(check.passed());
    CHECK(check.worst().ofBound() > 0.001); // the bound says something
  }
}

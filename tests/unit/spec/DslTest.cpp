#include "spec/Dsl.h"
#include "TestSupport.h"
#include "spec/Identifier.h"
#include "spec/Presets.h"
#include "spec/SpecSource.h"

using namespace cria::spec;

namespace {

Spec throughCompiler(const Spec &spec) {
  test::File file("printed.cpp", to_dsl(spec));
  return loadSpecSource(file.path, test::include);
}

} // namespace

TEST_CASE("printed specs compile back to the same graph") {
  Spec everything{test::everyBlock(), {}};
  everything.plan = {
      "x86_64-linux-gnu", "zn\"v\\er3", DType::f32, DType::bf16, "q8", "fast", "a", "b", 16, 8};
  CHECK(throughCompiler(everything) == everything);
  Spec stories{*preset("stories"), {}};
  CHECK(throughCompiler(stories) == stories);
}

TEST_CASE("scalings and small bases are printed exactly") {
  Spec spec{test::everyBlock(), {}};
  auto &attention = std::get<Attention>(
      std::get<Residual>(std::get<Repeat>(spec.model.nodes[1]).body[0]).branch[1]);
  attention.rope = {1.0000000000000002, linear_scaling{.factor = 8.0 / 3}};
  CHECK(throughCompiler(spec) == spec);
  attention.rope = {500'000, yarn_scaling{.factor = 8.0 / 3,
                                          .original_context = 100,
                                          .attention = 1.1,
                                          .beta_fast = 30,
                                          .beta_slow = 0.5,
                                          .truncate = false}};
  CHECK(throughCompiler(spec) == spec);
  attention.rope = {.theta = 500'000, .pairing = RopePairing::interleaved};
  CHECK(throughCompiler(spec) == spec);
}

TEST_CASE("a printed spec reads as one would write it") {
  Spec spec{*preset("llama3-8b"), {}};
  CHECK(to_dsl(spec) == R"(#include <cria/spec.hpp>
using namespace cria::spec;

CRIA_MODEL(llama3_8b,
    trained{.context = 8'192, .storage = bf16},
    embed{.vocab = 128'256, .width = 4'096},
    repeat(32,
        residual(
            rms_norm{},
            attention{.heads = 32, .kv_heads = 8, .head_dim = 128,
                      .position = rope{.theta = 500'000}}),
        residual(
            rms_norm{},
            swiglu{.hidden = 14'336})),
    rms_norm{},
    unembed{.vocab = 128'256});
)");
}

TEST_CASE("a printed spec says on which lines its nodes are") {
  std::vector<NodeLines> lines;
  std::string text = to_dsl({*preset("stories"), {}}, &lines);
  auto lineOf = [&](std::int64_t number) {
    for (std::size_t begin = 0;; --number) {
      std::size_t end = text.find('\n', begin);
      if (number == 0)
        return text.substr(begin, end - begin);
      begin = end + 1;
    }
  };
  std::vector<std::string> names;
  for (const NodeLines &node : lines)
    names.push_back(node.name);
  CHECK(names == std::vector<std::string>{
                     "model.embed_tokens", "model.layers.{}.input_layernorm",
                     "model.layers.{}.self_attn", "model.layers.{}.post_attention_layernorm",
                     "model.layers.{}.mlp", "model.norm", "model.embed_tokens"});
  REQUIRE(lines.size() == 7);
  CHECK(lineOf(lines[0].first).find(" embed{") != std::string::npos);
  CHECK(lineOf(lines[2].first).find("attention{") != std::string::npos);
  CHECK(lineOf(lines[2].last).find("position = rope{") != std::string::npos);
  CHECK(lineOf(lines[4].first).find("swiglu{") != std::string::npos);
  CHECK(lines[4].first == lines[4].last);
  CHECK(lineOf(lines[6].first).find("unembed{") != std::string::npos);
}

TEST_CASE("names reserved in C++ get a prefix") {
  CHECK(identifier("stories") == "stories");
  CHECK(identifier("8B") == "model_8B");
  CHECK(identifier("model") == "model_model");
  CHECK(identifier("int") == "model_int");
  CHECK(identifier("q8_0") == "model_q8_0");
  CHECK(identifier("in") == "in");
}

TEST_CASE("custom weight names cannot be written as a spec") {
  Spec spec{*preset("stories"), {}};
  std::get<Embed>(spec.model.nodes[0]).name = "wte";
  CHECK(test::errorOf([&] { to_dsl(spec); }) ==
        "spec: stories: its weight names do not follow from its blocks, so it cannot be written as "
        "a spec");
}

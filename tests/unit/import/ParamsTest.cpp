#include "cria/spec/params.hpp"
#include "TestSupport.h"

using namespace cria::spec;

namespace {

Model modelOf(std::vector<Node> nodes) { return {"m", std::move(nodes), 16, DType::f32}; }

std::string refusal(std::vector<Node> nodes) {
  return test::errorOf([&] { parameters(modelOf(std::move(nodes))); });
}

} // namespace

TEST_CASE("weights come in the order of execution, with biases after their matrices") {
  Repeat layers{3,
                {Residual{{RmsNorm{1e-5, "l.{}.norm"}, Attention{4, 2, 6, {}, true, "l.{}.attn"}}},
                 Residual{{SwiGlu{10, true, "l.{}.mlp"}}}}};
  auto params = parameters(
      modelOf({Embed{7, 8, "embed"}, layers, RmsNorm{1e-5, "norm"}, Unembed{7, false, "lm_head"}}));
  CHECK(params == std::vector<Param>{{"embed.weight", {7, 8}, 1},
                                     {"l.{}.norm.weight", {8}, 3},
                                     {"l.{}.attn.q_proj.weight", {24, 8}, 3},
                                     {"l.{}.attn.q_proj.bias", {24}, 3},
                                     {"l.{}.attn.k_proj.weight", {12, 8}, 3},
                                     {"l.{}.attn.k_proj.bias", {12}, 3},
                                     {"l.{}.attn.v_proj.weight", {12, 8}, 3},
                                     {"l.{}.attn.v_proj.bias", {12}, 3},
                                     {"l.{}.attn.o_proj.weight", {8, 24}, 3},
                                     {"l.{}.attn.o_proj.bias", {8}, 3},
                                     {"l.{}.mlp.gate_proj.weight", {10, 8}, 3},
                                     {"l.{}.mlp.gate_proj.bias", {10}, 3},
                                     {"l.{}.mlp.up_proj.weight", {10, 8}, 3},
                                     {"l.{}.mlp.up_proj.bias", {10}, 3},
                                     {"l.{}.mlp.down_proj.weight", {8, 10}, 3},
                                     {"l.{}.mlp.down_proj.bias", {8}, 3},
                                     {"norm.weight", {8}, 1},
                                     {"lm_head.weight", {7, 8}, 1}});
}

TEST_CASE("a tied head has no weight of its own") {
  CHECK(parameters(modelOf({Embed{7, 8, "embed"}, Unembed{7, true, "embed"}})).size() == 1);
}

TEST_CASE("graphs without one name for each weight are refused") {
  Embed embed{7, 8, "embed"};
  RmsNorm inner{1e-5, "l.{}.norm"};
  CHECK(refusal({embed, Repeat{2, {Repeat{2, {inner}}}}}) ==
        "spec: repeats cannot be nested: weights would have no names");
  CHECK(refusal({embed, inner}).find("l.{}.norm.weight") != std::string::npos);
  CHECK(refusal({embed, Repeat{2, {RmsNorm{1e-5, "norm"}}}}).find("norm.weight") !=
        std::string::npos);
  CHECK(refusal({RmsNorm{1e-5, "norm"}}).find("norm.weight: the width is unknown") !=
        std::string::npos);
  CHECK(refusal({embed, Attention{int64_t(1) << 40, 1, int64_t(1) << 40, {}, false, "a"}})
            .find("are too many") != std::string::npos);
}

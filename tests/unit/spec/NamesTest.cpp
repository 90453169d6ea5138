#include "spec/Names.h"
#include "TestSupport.h"
#include "cria/spec/params.hpp"
#include "cria/spec/to_graph.hpp"
#include <set>

using namespace cria::spec;

namespace {

template <typename Chain>
std::vector<std::string> namesOf(const model_of<Chain> &model) {
  Model graph = to_graph(model, "m");
  name_weights(graph);
  std::vector<std::string> names;
  for (const Param &param : parameters(graph))
    names.push_back(param.name);
  return names;
}

constexpr attention heads{.heads = 2, .kv_heads = 2, .head_dim = 2};

} // namespace

TEST_CASE("weights have the names of a Llama checkpoint") {
  CHECK(namesOf(model(embed{4, 4},
                      repeat(2, residual(rms_norm{}, heads), residual(rms_norm{}, swiglu{4})),
                      rms_norm{}, unembed{4})) ==
        std::vector<std::string>{
            "model.embed_tokens.weight", "model.layers.{}.input_layernorm.weight",
            "model.layers.{}.self_attn.q_proj.weight", "model.layers.{}.self_attn.k_proj.weight",
            "model.layers.{}.self_attn.v_proj.weight", "model.layers.{}.self_attn.o_proj.weight",
            "model.layers.{}.post_attention_layernorm.weight",
            "model.layers.{}.mlp.gate_proj.weight", "model.layers.{}.mlp.up_proj.weight",
            "model.layers.{}.mlp.down_proj.weight", "model.norm.weight", "lm_head.weight"});
}

TEST_CASE("weight names are distinct") {
  auto names = namesOf(model(
      embed{4, 4}, residual(rms_norm{}, heads, rms_norm{}), residual(rms_norm{}, swiglu{4}),
      repeat(2, residual(heads), residual(heads), residual(rms_norm{}, swiglu{4}, rms_norm{})),
      repeat(3, layer_norm{}, residual(swiglu{4}), swiglu{4}), rms_norm{}, rms_norm{}, unembed{4}));
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  CHECK(std::count(names.begin(), names.end(), "model.layers_2.{}.mlp_2.up_proj.weight") == 1);
  CHECK(std::count(names.begin(), names.end(), "model.norm_2.weight") == 1);
}

TEST_CASE("a tied head has the name of the table") {
  Model graph = to_graph(model(embed{4, 4}, residual(heads), unembed{4, true}), "m");
  name_weights(graph);
  CHECK(std::get<Unembed>(graph.nodes.back()).name == "model.embed_tokens");
}

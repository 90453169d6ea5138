#include "import/Config.h"
#include "TestSupport.h"

using namespace cria;
using nlohmann::json;
using spec::RopeScaling;

namespace {

json smallConfig() {
  return {{"architectures", {"LlamaForCausalLM"}},
          {"model_type", "llama"},
          {"vocab_size", 80},
          {"hidden_size", 24},
          {"num_attention_heads", 4}};
}

/// Reads the small config with `changes`; a change to null is not the same as no field.
import::Config read(const json &changes) {
  test::Folder folder;
  json config = smallConfig();
  config.update(changes);
  return import::readConfig(folder.write("config.json", config.dump()));
}

/// The message without the folder.
std::string refusal(const json &changes) {
  std::string message = test::errorOf([&] { read(changes); });
  size_t file = message.find("config.json: ");
  return file == message.npos ? message : message.substr(file);
}

json llama3(const json &changes = json::object()) {
  json scaling = {{"rope_type", "llama3"},
                  {"factor", 8},
                  {"low_freq_factor", 1},
                  {"high_freq_factor", 4},
                  {"original_max_position_embeddings", 8192}};
  scaling.update(changes);
  return {{"rope_scaling", scaling}};
}

} // namespace

TEST_CASE("absent fields are as in LlamaConfig") {
  test::Folder folder;
  auto c = import::readConfig(folder.write(
      "config.json", R"({"architectures": ["LlamaForCausalLM"], "model_type": "llama"})"));
  CHECK(c.vocab == 32000);
  CHECK(c.hidden == 4096);
  CHECK(c.ffn == 11008);
  CHECK(c.layers == 32);
  CHECK(c.heads == 32);
  CHECK(c.kvHeads == 32);
  CHECK(c.headDim == 128);
  CHECK(c.maxContext == 2048);
  CHECK(c.eps == 1e-6);
  CHECK(c.rope == spec::Rope{});
  CHECK(!(c.tied || c.attentionBias || c.mlpBias));
  CHECK(c.dtype == spec::DType::f32);
  CHECK(c.bos == -1);
  CHECK(c.eos.empty());
}

TEST_CASE("null is absent") {
  auto c = read({{"head_dim", nullptr},
                 {"num_key_value_heads", nullptr},
                 {"rope_scaling", nullptr},
                 {"eos_token_id", nullptr}});
  CHECK(c.headDim == 6);
  CHECK(c.kvHeads == 4);
  CHECK(c.rope.scaling.kind == RopeScaling::Kind::none);
  CHECK(c.eos.empty());
}

TEST_CASE("rotary embedding is read in the older and the newer form") {
  CHECK(read({{"rope_theta", 500000}}).rope.theta == 500000);
  json linear = {{"rope_type", "linear"}, {"factor", 2.5}, {"rope_theta", 777}};
  for (const char *field : {"rope_scaling", "rope_parameters"}) {
    spec::Rope rope = read({{"rope_theta", 5}, {field, linear}}).rope;
    CHECK(rope.theta == 777);
    CHECK(rope.scaling == RopeScaling{RopeScaling::Kind::linear, 2.5});
  }
  CHECK(read({{"rope_scaling", {{"type", "linear"}, {"factor", 3}}}}).rope.scaling.factor == 3);
  CHECK(read(llama3()).rope.scaling == RopeScaling{RopeScaling::Kind::llama3, 8, 1, 4, 8192});
  CHECK(read({{"rope_scaling", {{"rope_type", "default"}}}}).rope == spec::Rope{});
}

TEST_CASE("rotary embedding that is not supported is refused by name") {
  CHECK(refusal({{"rope_scaling", {{"rope_type", "yarn"}, {"factor", 2}}}}) ==
        "config.json: rope_scaling.rope_type: \"yarn\" is not supported (default, linear, llama3)");
  CHECK(refusal({{"rope_scaling", {{"type", "dynamic"}}}}) ==
        "config.json: rope_scaling.type: \"dynamic\" is not supported (default, linear, llama3)");
  CHECK(refusal({{"rope_scaling", {{"factor", 2}}}}) ==
        "config.json: rope_scaling.rope_type: missing, but there is a factor");
  CHECK(refusal({{"rope_scaling", {{"rope_type", "linear"}}}}) ==
        "config.json: rope_scaling.factor: missing");
  CHECK(refusal({{"rope_scaling", {{"rope_type", "linear"}, {"factor", 2}}},
                 {"rope_parameters", {{"rope_type", "default"}}}}) ==
        "config.json: rope_parameters: differs from rope_scaling");
  CHECK(refusal({{"rope_scaling", "linear"}}) ==
        "config.json: rope_scaling: \"linear\" is not a JSON object");
  CHECK(refusal(llama3({{"high_freq_factor", 1}})) ==
        "config.json: rope_scaling.high_freq_factor: 1 is not greater than low_freq_factor 1");
  CHECK(refusal(llama3({{"factor", 0}})) ==
        "config.json: rope_scaling.factor: 0 is not in [1, 1000000]");
  CHECK(refusal({{"rope_theta", 0}}) ==
        "config.json: rope_theta: 0 is not in [1, 1000000000000000]");
  CHECK(refusal({{"partial_rotary_factor", 0.5}}) ==
        "config.json: partial_rotary_factor: 0.5 is not supported (1)");
}

TEST_CASE("end tokens are a number, a list or null") {
  CHECK(read({{"eos_token_id", 7}}).eos == std::vector<int32_t>{7});
  CHECK(read({{"eos_token_id", {7, 2, 7}}}).eos == std::vector<int32_t>{7, 2});
  CHECK(refusal({{"eos_token_id", {7, "x"}}}) ==
        "config.json: eos_token_id: \"x\" is not an integer");
  CHECK(refusal({{"eos_token_id", 80}}) == "config.json: eos_token_id: 80 is not in [0, 79]");
  CHECK(refusal({{"bos_token_id", -2}}) == "config.json: bos_token_id: -2 is not in [0, 79]");
}

TEST_CASE("generation_config.json takes precedence where it says something") {
  test::Folder folder;
  json config = smallConfig();
  config.update({{"bos_token_id", 1}, {"eos_token_id", 2}});
  folder.write("config.json", config.dump());
  folder.write("generation_config.json", R"({"eos_token_id": [3, 4]})");
  auto c = import::readConfig(folder.path / "config.json");
  CHECK(c.bos == 1);
  CHECK(c.eos == std::vector<int32_t>{3, 4});
  folder.write("generation_config.json", R"({"eos_token_id": [3, 400]})");
  CHECK(test::errorOf([&] { import::readConfig(folder.path / "config.json"); }) ==
        (folder.path / "generation_config.json").native() +
            ": eos_token_id: 400 is not in [0, 79]");
}

TEST_CASE("what is no Llama is refused by name") {
  CHECK(refusal({{"model_type", "qwen2"}}) ==
        "config.json: model_type: \"qwen2\" is not supported (llama)");
  CHECK(refusal({{"model_type", nullptr}}) == "config.json: model_type: null");
  CHECK(refusal({{"architectures", {"LlamaForSequenceClassification"}}}) ==
        "config.json: architectures: [\"LlamaForSequenceClassification\"] has no LlamaForCausalLM");
  CHECK(refusal({{"hidden_act", "gelu"}}) ==
        "config.json: hidden_act: \"gelu\" is not supported (silu)");
  CHECK(refusal({{"torch_dtype", "int8"}}) ==
        "config.json: torch_dtype: \"int8\" is not supported (float32, float16, bfloat16)");
  CHECK(refusal({{"quantization_config", {{"bits", 4}}}}) ==
        "config.json: quantization_config: an object of 1 is not supported: weights must be plain");
}

TEST_CASE("sizes that make no sense are refused") {
  CHECK(refusal({{"vocab_size", 0}}) == "config.json: vocab_size: 0 is not in [1, 16777216]");
  CHECK(refusal({{"hidden_size", -1}}) == "config.json: hidden_size: -1 is not in [1, 1048576]");
  CHECK(refusal({{"num_hidden_layers", 1e3}}) ==
        "config.json: num_hidden_layers: 1000.0 is not an integer");
  CHECK(refusal({{"intermediate_size", "48"}}) ==
        "config.json: intermediate_size: \"48\" is not an integer");
  CHECK(refusal({{"num_hidden_layers", UINT64_MAX}}) ==
        "config.json: num_hidden_layers: 18446744073709551615 is not in [1, 4096]");
  CHECK(refusal({{"num_key_value_heads", 3}}) ==
        "config.json: num_attention_heads: 4 is not a multiple of num_key_value_heads 3");
  CHECK(refusal({{"hidden_size", 26}}) ==
        "config.json: hidden_size: 26 is not a multiple of num_attention_heads 4, and there is no "
        "head_dim");
  CHECK(refusal({{"head_dim", 3}}) ==
        "config.json: head_dim: 3 is odd: rotary embedding takes pairs");
  CHECK(refusal({{"head_dim", 1 << 24}}) ==
        "config.json: num_attention_heads: 4 of head_dim 16777216 are more than 16777216 together");
  CHECK(refusal({{"rms_norm_eps", 0}}) == "config.json: rms_norm_eps: 0 is not in [1e-30, 1]");
  CHECK(refusal({{"tie_word_embeddings", 1}}) ==
        "config.json: tie_word_embeddings: 1 is not true or false");
}

TEST_CASE("what is no JSON object is refused") {
  test::Folder folder;
  for (const char *text : {"", "{", "[]", "null", "{\"a\": 1,}", "\xff", "{\"a\": 1e999}"}) {
    auto file = folder.write("config.json", text);
    CHECK(test::errorOf([&] { import::readConfig(file); }).starts_with(file.native() + ": "));
  }
  CHECK(test::errorOf([&] { import::readConfig(folder.path); }) ==
        folder.path.native() + ": not a regular file");
}

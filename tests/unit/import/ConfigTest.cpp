#include "import/Config.h"
#include "TestSupport.h"
#include <cmath>

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

/// The notes without the folder.
std::vector<std::string> notes(const json &changes) {
  std::vector<std::string> notes = read(changes).notes;
  for (std::string &note : notes)
    note = note.substr(std::min(note.size(), note.find("config.json: ")));
  return notes;
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

TEST_CASE("of two rope fields the older counts, with the theta beside it") {
  json linear = {{"type", "linear"}, {"factor", 4}};
  json newer = {{"rope_type", "default"}, {"rope_theta", 100}};
  json both = {{"rope_scaling", linear}, {"rope_parameters", newer}};
  CHECK(read(both).rope == spec::Rope{10000, {RopeScaling::Kind::linear, 4}});
  CHECK(notes(both) ==
        std::vector<std::string>{"config.json: rope_parameters: does not count: rope_scaling says "
                                 "something else, and comes first"});
  json same = {
      {"rope_theta", 100},
      {"rope_scaling", {{"type", "linear"}, {"factor", 4}, {"low_freq_factor", nullptr}}},
      {"rope_parameters", {{"rope_type", "linear"}, {"factor", 4.0}, {"rope_theta", 100.0}}}};
  CHECK(notes(same).empty());
  CHECK(read(same).rope.theta == 100);
  CHECK(read({{"rope_scaling", json::object()}, {"rope_parameters", newer}}).rope.theta == 100);
}

TEST_CASE("yarn is read with what it infers") {
  json yarn = {{"rope_type", "yarn"}, {"factor", 4}, {"original_max_position_embeddings", 16}};
  auto with = [&](const json &changes) {
    json rope = yarn;
    rope.update(changes);
    return read({{"rope_parameters", rope}, {"max_position_embeddings", 64}}).rope.scaling;
  };
  RopeScaling plain = with(json::object());
  CHECK(plain.kind == RopeScaling::Kind::yarn);
  CHECK(plain.factor == 4);
  CHECK(plain.original_context == 16);
  CHECK(plain.attention_factor == Approx(0.1 * std::log(4) + 1));
  CHECK(plain.beta_fast == 32);
  CHECK(plain.beta_slow == 1);
  CHECK(plain.truncate);
  CHECK(with({{"attention_factor", 2}}).attention_factor == 2);
  CHECK(with({{"mscale", 0.5}, {"mscale_all_dim", 1}}).attention_factor ==
        Approx((0.05 * std::log(4) + 1) / (0.1 * std::log(4) + 1)));
  CHECK(with({{"mscale", 0.5}}).attention_factor == plain.attention_factor);
  CHECK(with({{"beta_fast", 0}, {"beta_slow", nullptr}}) == plain);
  CHECK(!with({{"truncate", nullptr}}).truncate);
  CHECK(with({{"factor", nullptr}}).factor == 4);
  CHECK(read({{"rope_scaling", yarn}, {"original_max_position_embeddings", 32}})
            .rope.scaling.original_context == 32);
  CHECK(refusal({{"rope_scaling", {{"type", "yarn"}}}}) ==
        "config.json: rope_scaling.factor: missing");
  CHECK(refusal({{"rope_scaling",
                  {{"type", "yarn"}, {"factor", 2}, {"beta_fast", 1}, {"beta_slow", 2}}}}) ==
        "config.json: rope_scaling.beta_fast: 1 is less than beta_slow 2");
}

TEST_CASE("rotary embedding that is not supported is refused by name") {
  CHECK(refusal({{"rope_scaling", {{"rope_type", "longrope"}, {"factor", 2}}}}) ==
        "config.json: rope_scaling.rope_type: \"longrope\" is not supported (default, linear, "
        "dynamic, llama3, yarn)");
  CHECK(read({{"rope_scaling", {{"type", "dynamic"}, {"factor", 2}}}}).rope == spec::Rope{});
  CHECK(notes({{"rope_scaling", {{"factor", 2}}}}) ==
        std::vector<std::string>{"config.json: rope_scaling.factor: does not count, since the "
                                 "rope_type is default"});
  CHECK(refusal({{"rope_scaling", {{"rope_type", "linear"}}}}) ==
        "config.json: rope_scaling.factor: missing");
  CHECK(refusal({{"rope_parameters", {{"full_attention", {{"rope_type", "default"}}}}}}) ==
        "config.json: rope_parameters.full_attention: an object of 1 is not supported: rotary "
        "embedding is the same in all layers");
  CHECK(refusal({{"rope_scaling", "linear"}}) ==
        "config.json: rope_scaling: \"linear\" is not a JSON object");
  CHECK(refusal(llama3({{"high_freq_factor", 1}})) ==
        "config.json: rope_scaling.high_freq_factor: 1 is not greater than low_freq_factor 1");
  CHECK(refusal(llama3({{"factor", 0}})) ==
        "config.json: rope_scaling.factor: 0 is not in [1, 1000000]");
  CHECK(refusal({{"rope_theta", 0}}) ==
        "config.json: rope_theta: 0 is not in [1, 1000000000000000]");
  CHECK(read({{"partial_rotary_factor", 0.5}}).rope == spec::Rope{});
  CHECK(notes({{"partial_rotary_factor", 0.5}}).size() == 1);
  CHECK(refusal({{"partial_rotary_factor", 0.5},
                 {"rope_scaling", {{"type", "linear"}, {"factor", 2}}}}) ==
        "config.json: partial_rotary_factor: 0.5 is not supported (1)");
}

TEST_CASE("end tokens are a number, a list or null") {
  CHECK(read({{"eos_token_id", 7}}).eos == std::vector<int32_t>{7});
  CHECK(read({{"eos_token_id", {7, 2, 7}}}).eos == std::vector<int32_t>{7, 2});
  CHECK(refusal({{"eos_token_id", {7, "x"}}}) ==
        "config.json: eos_token_id: \"x\" is not an integer");
  CHECK(read({{"eos_token_id", {-1, 3.0, 80}}}).eos == std::vector<int32_t>{3});
  CHECK(notes({{"eos_token_id", {-1, 80}}}) ==
        std::vector<std::string>{"config.json: eos_token_id: 80 does not count: vocab_size is 80"});
  CHECK(read({{"bos_token_id", -2}}).bos == -1);
  CHECK(refusal({{"bos_token_id", {1}}}) ==
        "config.json: bos_token_id: a list of 1 is not an integer");
}

TEST_CASE("end tokens of generation_config.json take the place of those of config.json") {
  test::Folder folder;
  json config = smallConfig();
  config.update({{"bos_token_id", 1}, {"eos_token_id", 2}});
  folder.write("config.json", config.dump());
  folder.write("generation_config.json", R"({"eos_token_id": [3, 4]})");
  auto c = import::readConfig(folder.path / "config.json");
  CHECK(c.bos == 1);
  CHECK(c.eos == std::vector<int32_t>{3, 4});
  CHECK(c.notes.empty());
  folder.write("generation_config.json", R"({"bos_token_id": 7})");
  c = import::readConfig(folder.path / "config.json");
  CHECK(c.bos == 7);
  CHECK(c.eos.empty());
  CHECK(c.notes.size() == 1);
}

TEST_CASE("what is no Llama is refused by name") {
  CHECK(refusal({{"model_type", "qwen2"}}) ==
        "config.json: model_type: \"qwen2\" is not supported (llama, mistral, smollm3)");
  CHECK(refusal({{"model_type", "llava"}, {"text_config", json::object()}}) ==
        "config.json: model_type: \"llava\" is not supported (llama, mistral, smollm3); it is a "
        "model of "
        "several parts, and text_config alone is not read");
  CHECK(refusal({{"model_type", nullptr}, {"architectures", {"FooForCausalLM"}}}) ==
        "config.json: model_type: null");
  CHECK(refusal({{"hidden_act", "gelu_new"}}) == "config.json: hidden_act: \"gelu_new\" is not "
                                                 "supported (silu, swish, gelu, gelu_python, "
                                                 "relu)");
  CHECK(refusal({{"torch_dtype", "int8"}}) ==
        "config.json: torch_dtype: \"int8\" is not supported (float32, float16, bfloat16)");
  CHECK(refusal({{"per_layer_config", {{"0", {{"head_dim", 8}}}}}}) ==
        "config.json: per_layer_config: an object of 1 is not supported");
  CHECK(refusal({{"transformers_weights", "../x.safetensors"}}) ==
        "config.json: transformers_weights: \"../x.safetensors\" is not the name of a "
        "safetensors file beside config.json");
}

TEST_CASE("model_type decides, and architectures where there is none") {
  CHECK(read({{"model_type", nullptr}}).kvHeads == 4);
  CHECK(read({{"architectures", {"LLaMAForCausalLM"}}}).notes.empty());
  CHECK(read({{"architectures", nullptr}}).notes.empty());
  CHECK(notes({{"architectures", {"LlamaForSequenceClassification"}}}) ==
        std::vector<std::string>{
            "config.json: architectures: [\"LlamaForSequenceClassification\"] does not count: the "
            "model is read as its model_type says, \"llama\""});
}

TEST_CASE("every n-th layer of a SmolLM3 has no rotary embedding") {
  json smollm3 = {{"model_type", "smollm3"}, {"architectures", {"SmolLM3ForCausalLM"}},
                  {"vocab_size", 80},        {"hidden_size", 32},
                  {"num_hidden_layers", 5},  {"num_attention_heads", 4},
                  {"rope_theta", 5000000.0}, {"eos_token_id", 2}};
  auto c = read(smollm3);
  CHECK(c.noRopeInterval == 4);
  CHECK(c.kvHeads == 4);
  CHECK(c.maxContext == 32768);
  CHECK(c.tied);
  smollm3["no_rope_layers"] = {1, 0, 1, 0, 1};
  CHECK(read(smollm3).noRopeInterval == 2);
  smollm3["no_rope_layers"] = {1, 1, 1, 1, 1};
  CHECK(read(smollm3).noRopeInterval == 0);
}

TEST_CASE("absent fields of Mistral are as in MistralConfig") {
  json mistral = {{"model_type", "mistral"},
                  {"architectures", {"MistralForCausalLM"}},
                  {"num_attention_heads", 8},
                  {"head_dim", 4},
                  {"attention_bias", true}};
  auto c = read(mistral);
  CHECK(c.kvHeads == 8);
  CHECK(c.ffn == 14336);
  CHECK(c.maxContext == 4096); // its window
  CHECK(!c.attentionBias);
  mistral.update({{"num_key_value_heads", nullptr}, {"sliding_window", nullptr}});
  mistral["num_attention_heads"] = 4;
  CHECK(read(mistral).kvHeads == 4);
  CHECK(read(mistral).maxContext == 131072);
  mistral.update({{"sliding_window", 32}, {"max_position_embeddings", 32}});
  CHECK(notes(mistral).empty());
}

TEST_CASE("spellings of the same value are taken") {
  auto c = read({{"hidden_size", 24.0},
                 {"num_hidden_layers", 1e3},
                 {"hidden_act", "swish"},
                 {"tie_word_embeddings", 1},
                 {"torch_dtype", "torch.bfloat16"}});
  CHECK(c.hidden == 24);
  CHECK(c.layers == 1000);
  CHECK(c.gate == spec::SwiGlu::Gate::silu);
  CHECK(c.tied);
  CHECK(c.dtype == spec::DType::bf16);
  CHECK(read({{"hidden_act", "gelu"}}).gate == spec::SwiGlu::Gate::gelu);
  CHECK(read({{"quantization_config", {{"quant_method", "gptq"}}}}).quantization.size() == 1);
}

TEST_CASE("JSON is read as Python reads it") {
  test::Folder folder;
  auto readText = [&](const std::string &fields) {
    return import::readConfig(
        folder.write("config.json", R"({"model_type": "llama", )" + fields + "}"));
  };
  CHECK(readText(R"("vocab_size": 5, "vocab_size": 7)").vocab == 7);
  CHECK(readText(R"("x": [NaN, -Infinity, Infinity], "y": "a \" NaN", "vocab_size": 9)").vocab ==
        9);
  CHECK(test::errorOf([&] {
          readText(R"("rms_norm_eps": NaN)");
        }).ends_with("config.json: rms_norm_eps: \"NaN\" is not a number"));
}

TEST_CASE("a pointer in place of the file is recognised") {
  test::Folder folder;
  auto file = folder.write("config.json", "version https://git-lfs.github.com/spec/v1\noid x\n");
  CHECK(test::errorOf([&] {
          import::readConfig(file);
        }).find("is a git-lfs pointer, not the file itself") != std::string::npos);
}

TEST_CASE("sizes that make no sense are refused") {
  CHECK(refusal({{"vocab_size", 0}}) == "config.json: vocab_size: 0 is not in [1, 16777216]");
  CHECK(refusal({{"hidden_size", -1}}) == "config.json: hidden_size: -1 is not in [1, 1048576]");
  CHECK(refusal({{"num_hidden_layers", 2.5}}) ==
        "config.json: num_hidden_layers: 2.5 is not an integer");
  CHECK(refusal({{"num_hidden_layers", 1e30}}) ==
        "config.json: num_hidden_layers: 1e+30 is not an integer");
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
  CHECK(refusal({{"tie_word_embeddings", 2}}) ==
        "config.json: tie_word_embeddings: 2 is not true or false");
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

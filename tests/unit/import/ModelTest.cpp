#include "import/Model.h"
#include "TestSupport.h"
#include "cria/spec/params.hpp"

using namespace cria;
using import::importFolder;
using nlohmann::json;
using spec::DType;

namespace fs = std::filesystem;

namespace {

/// A copy of one of the tiny models, to be damaged.
struct TinyCopy : test::Folder {
  explicit TinyCopy(const char *name) {
    fs::copy(test::goldens / "tiny" / name, path, fs::copy_options::recursive);
  }

  void change(const json &changes) const {
    json config = test::readJson(path / "config.json");
    config.update(changes);
    write("config.json", config.dump());
  }

  /// Replaces `from` by the equally long `to` in a safetensors file.
  void patch(const std::string &from, const std::string &to) const {
    std::string text = test::readText(path / "model.safetensors");
    size_t at = text.find(from);
    REQUIRE(at != text.npos);
    REQUIRE(from.size() == to.size());
    write("model.safetensors", text.replace(at, from.size(), to));
  }

  std::string refusal() const {
    std::string message = test::errorOf([&] { importFolder(path); });
    return message.starts_with(path.native()) ? message.substr(path.native().size()) : message;
  }
};

import::Imported importTiny(const char *name) {
  return importFolder(test::goldens / "tiny" / name);
}

} // namespace

TEST_CASE("every tiny model is imported") {
  int count = 0;
  for (const auto &entry : fs::directory_iterator(test::goldens / "tiny")) {
    INFO(entry.path());
    auto imported = importFolder(entry.path());
    auto golden = test::readJson(entry.path() / "golden.json");
    CHECK(imported.eos == golden["end_tokens"].get<std::vector<int32_t>>());
    CHECK(imported.dtypes.size() == spec::parameters(imported.model).size());
    CHECK(imported.source == entry.path().native());
    CHECK(!imported.weightFiles.empty());
    ++count;
  }
  CHECK(count > 40);
}

TEST_CASE("the graph is that of Llama") {
  auto imported = importTiny("gqa-4");
  spec::Repeat layers{
      2,
      {spec::Residual{{spec::RmsNorm{1e-5, "model.layers.{}.input_layernorm"},
                       spec::Attention{8, 2, 6, {}, false, "model.layers.{}.self_attn"}}},
       spec::Residual{{spec::RmsNorm{1e-5, "model.layers.{}.post_attention_layernorm"},
                       spec::SwiGlu{40, false, "model.layers.{}.mlp"}}}}};
  CHECK(imported.model ==
        spec::Model{"gqa_4",
                    {spec::Embed{80, 48, "model.embed_tokens"}, layers,
                     spec::RmsNorm{1e-5, "model.norm"}, spec::Unembed{80, false, "lm_head"}},
                    256,
                    DType::bf16});
  CHECK(imported.bos == 1);
  CHECK(imported.tokenizer.empty());
}

TEST_CASE("dtypes are those of the checkpoint") {
  auto dtypes = importTiny("bf16-f32-norms").dtypes;
  CHECK(dtypes.at("model.norm.weight") == std::vector{DType::f32});
  CHECK(dtypes.at("model.layers.{}.input_layernorm.weight") == std::vector{DType::f32});
  CHECK(dtypes.at("model.layers.{}.mlp.up_proj.weight") == std::vector{DType::bf16});
  CHECK(importTiny("f16").dtypes.at("lm_head.weight") == std::vector{DType::f16});
}

TEST_CASE("a tied head is that of the table, unless the files have both") {
  for (const char *name : {"tied", "sharded-tied"}) {
    auto imported = importTiny(name);
    CHECK(std::get<spec::Unembed>(imported.model.nodes.back()) ==
          spec::Unembed{80, true, "model.embed_tokens"});
    CHECK(!imported.dtypes.contains("lm_head.weight"));
    CHECK(imported.notes.empty());
  }
  CHECK(importTiny("sharded-tied").weightFiles.size() == 3); // the index and two shards
  auto both = importTiny("tied-head-in-file");
  CHECK(std::get<spec::Unembed>(both.model.nodes.back()) == spec::Unembed{80, false, "lm_head"});
  CHECK(both.notes.size() == 1);
}

TEST_CASE("a tied table may be in the files as the head") {
  TinyCopy copy("one-layer");
  copy.change({{"tie_word_embeddings", true}});
  copy.patch("model.embed_tokens.weight\"", "other.embed_tokens.weight\"");
  auto imported = importFolder(copy.path);
  CHECK(std::get<spec::Embed>(imported.model.nodes.front()).name == "lm_head");
  CHECK(std::get<spec::Unembed>(imported.model.nodes.back()) == spec::Unembed{80, true, "lm_head"});
  REQUIRE(imported.notes.size() == 1);
  CHECK(imported.notes[0].ends_with(": tensor other.embed_tokens.weight is not a part of the model "
                                    "that config.json describes, and is not read"));
}

TEST_CASE("a quantization_config of plain weights is a remnant") {
  TinyCopy copy("one-layer");
  copy.change({{"quantization_config", {{"quant_method", "bitsandbytes"}}}});
  auto imported = importFolder(copy.path);
  REQUIRE(imported.notes.size() == 1);
  CHECK(imported.notes[0].ends_with(": quantization_config (bitsandbytes) does not count: all "
                                    "weights are plain"));
  copy.patch("lm_head.weight\":{\"dtype\":\"F32", "lm_head.weight\":{\"dtype\":\"I32");
  CHECK(copy.refusal() == "/config.json: quantization_config.quant_method: \"bitsandbytes\" is not "
                          "supported (awq, compressed-tensors, fp8, gptq, modelopt); get the "
                          "model's unquantised files");
  copy.change({{"quantization_config", {{"quant_method", "gptq"}, {"bits", 4}}}});
  CHECK(copy.refusal() == "/config.json: quantization_config.quant_method: \"gptq\" is rewritten "
                          "before it is compiled: criac " +
                              copy.path.native() + " --quantize=q4_0 -o FILE.gguf");
}

TEST_CASE("weights may have the name that config.json gives") {
  TinyCopy copy("one-layer");
  fs::rename(copy.path / "model.safetensors", copy.path / "other.safetensors");
  copy.change({{"transformers_weights", "other.safetensors"}});
  auto imported = importFolder(copy.path);
  CHECK(imported.source == (copy.path / "other.safetensors").native());
  CHECK(imported.weightFiles.size() == 1);
}

TEST_CASE("the stories model comes with its tokenizer") {
  auto imported = importFolder(test::source / "models/stories");
  CHECK(imported.model.name == "stories");
  CHECK(!imported.tokenizer.empty());
  CHECK(imported.bos >= 0);
  CHECK(!imported.eos.empty());
}

TEST_CASE("weights may be left out where they are made") {
  TinyCopy copy("bf16");
  fs::remove(copy.path / "model.safetensors");
  CHECK(copy.refusal().starts_with(": no model.safetensors and no model.safetensors.index.json"));
  auto imported = importFolder(copy.path, {.weightsOptional = true});
  CHECK(imported.weightFiles.empty());
  CHECK(imported.dtypes.at("lm_head.weight") == std::vector{DType::bf16});
  fs::rename(copy.path / "config.json", copy.path / "other.json");
  CHECK(import::importConfig(copy.path / "other.json").model == imported.model);
}

TEST_CASE("a folder of any name gives a name for symbols") {
  TinyCopy copy("bf16");
  fs::path folder = copy.path / "1.5B \u00e9";
  fs::create_directory(folder);
  fs::copy(copy.path / "config.json", folder);
  CHECK(importFolder(folder / "", {.weightsOptional = true}).model.name == "1_5B___");
}

TEST_CASE("a weight must be there, with the shape of the config, in one dtype") {
  TinyCopy copy("bf16");
  copy.change({{"num_hidden_layers", 3}});
  CHECK(copy.refusal() == ": tensor model.layers.2.input_layernorm.weight is missing");
  copy.change({{"num_hidden_layers", 2}, {"intermediate_size", 47}});
  CHECK(copy.refusal() == ": tensor model.layers.0.mlp.gate_proj.weight: shape: [48, 32] is not "
                          "the [47, 32] of config.json");
  copy.change({{"intermediate_size", 48}, {"attention_bias", true}});
  CHECK(copy.refusal() == ": tensor model.layers.0.self_attn.q_proj.bias is missing");
  TinyCopy norms("bf16-f32-norms");
  norms.patch("model.layers.1.input_layernorm.weight\":{\"dtype\":\"F32",
              "model.layers.1.input_layernorm.weight\":{\"dtype\":\"I32");
  CHECK(norms.refusal() == ": tensor model.layers.1.input_layernorm.weight: dtype: I32 is not "
                           "supported (F32, F16, BF16, F64)");
  TinyCopy halves("f16");
  halves.patch("lm_head.weight\":{\"dtype\":\"F16\"", "lm_heap.weight\":{\"dtype\":\"F16\"");
  CHECK(halves.refusal() == ": tensor lm_head.weight is missing");
}

TEST_CASE("layers of two dtypes are read as they are stored") {
  TinyCopy copy("one-layer");
  std::string file = test::readText(copy.path / "model.safetensors");
  uint64_t length;
  std::memcpy(&length, file.data(), sizeof length);
  json header = json::parse(file.substr(8, length));
  uint64_t end = file.size() - 8 - length;
  std::string data = file.substr(8 + length);
  const json before = header;
  for (const auto &[name, tensor] : before.items()) {
    if (!name.starts_with("model.layers.0."))
      continue;
    uint64_t elements = 1;
    for (uint64_t size : tensor["shape"].get<std::vector<uint64_t>>())
      elements *= size;
    std::string twin = name;
    header[twin.replace(13, 1, "1")] = {
        {"dtype", "F16"}, {"shape", tensor["shape"]}, {"data_offsets", {end, end + 2 * elements}}};
    end += 2 * elements;
    data.append(2 * elements, '\0');
  }
  std::string text = header.dump();
  length = text.size();
  copy.write("model.safetensors",
             std::string(reinterpret_cast<char *>(&length), sizeof length) + text + data);
  copy.change({{"num_hidden_layers", 2}});
  auto imported = importFolder(copy.path);
  CHECK(imported.dtypes.at("model.layers.{}.mlp.up_proj.weight") ==
        std::vector{DType::f32, DType::f16});
  CHECK(imported.notes.empty());
}

TEST_CASE("a tokenizer that adds ids past the model's to every text is refused") {
  TinyCopy copy("bf16");
  fs::copy(test::source / "models/stories/tokenizer.json", copy.path);
  std::string message = copy.refusal();
  CHECK(message.starts_with("/tokenizer.json: post_processor: adds the id "));
  CHECK(message.ends_with("and the model has 96 ids (--no-tokenizer compiles the model for token "
                          "ids alone)"));
  import::Imported imported = importFolder(copy.path, {.tokenizer = false});
  CHECK(imported.tokenizer.empty());
}

TEST_CASE("a tokenizer in another form is refused with the way to convert it") {
  TinyCopy copy("bf16");
  copy.write("tokenizer.model", "?");
  CHECK(copy.refusal().find("save_pretrained") != std::string::npos);
}

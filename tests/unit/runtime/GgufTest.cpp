#include "runtime/gguf/Gguf.h"
#include "TestSupport.h"
#include "runtime/Checkpoint.h"
#include "runtime/gguf/GgufTypes.h"

using namespace cria;

namespace {

const std::filesystem::path seeds =
    std::filesystem::path(CRIA_SOURCE_DIR) / "tests/fuzz/seeds/gguf";

struct Seed {
  rt::Mapping mapping = rt::Mapping::file(seeds / "tiny.gguf");
  rt::GgufFile read(rt::GgufArrays arrays) const {
    return rt::readGguf(mapping.bytes(), "tiny.gguf", arrays);
  }
};

} // namespace

TEST_CASE("keys of a GGUF file") {
  Seed seed;
  auto keys = seed.read(rt::GgufArrays::read).keys;
  CHECK(keys["general.architecture"] == "llama");
  CHECK(keys["llama.context_length"] == 64);
  CHECK(keys["llama.rope.freq_base"] == 10000.0);
  CHECK(keys["tokenizer.ggml.merges"] == nlohmann::json({"a b", "ab c", "Ġ a", "b b"}));
  CHECK(seed.read(rt::GgufArrays::skip).keys["tokenizer.ggml.merges"].is_null());
}

TEST_CASE("tensors of a GGUF file") {
  Seed seed;
  auto tensors = seed.read(rt::GgufArrays::skip).tensors;
  CHECK(tensors.size() == 12);
  const rt::Tensor &down = tensors.at("blk.0.ffn_down.weight");
  CHECK(down.shape == std::vector<int64_t>{8, 12});
  CHECK(down.dtype == "F16");
  CHECK(down.bytes.size() == 8 * 12 * 2);
  CHECK((down.bytes.data() - seed.mapping.data()) % 32 == 0);
}

TEST_CASE("a checkpoint is a GGUF file of any name") {
  auto checkpoint = rt::Checkpoint::open(seeds / "tiny.gguf");
  CHECK(checkpoint.find("blk.0.attn_q.weight"));
  CHECK(!checkpoint.find("model.layers.0.self_attn.q_proj.weight"));
}

TEST_CASE("embedded GGUF files") {
  Seed seed;
  cria_blob blob{"tiny.gguf", seed.mapping.data(), static_cast<int64_t>(seed.mapping.size())};
  CHECK(rt::Checkpoint::open(std::span(&blob, 1)).tensors().size() == 12);
}

TEST_CASE("types of tensors have a number and a name") {
  CHECK(rt::findGgmlType(8)->name == "Q8_0");
  CHECK(rt::findGgmlType("Q6_K")->bytes == 210);
  CHECK(!rt::findGgmlType(250));
  CHECK(!rt::findGgmlType("Q9"));
}

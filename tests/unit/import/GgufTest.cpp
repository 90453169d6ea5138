#include "TestSupport.h"
#include "cria/spec/params.hpp"
#include "import/gguf/GgufModel.h"
#include "import/gguf/GgufRope.h"
#include "import/gguf/SentencePiece.h"
#include "runtime/chat/ChatFile.h"
#include "runtime/tokenizer/Tokenizer.h"
#include <cmath>
#include <numbers>

using namespace cria;
using Kind = spec::RopeScaling::Kind;

namespace {

const std::filesystem::path seeds = test::source / "tests/fuzz/seeds/gguf";

/// Llama 3.1's divisors of a head of `headDim` elements.
std::vector<double> divisors(double theta, int headDim, const spec::RopeScaling &scaling) {
  std::vector<double> out;
  for (int i = 0; i < headDim / 2; ++i) {
    double turns = double(scaling.original_context) * std::pow(theta, -2.0 * i / headDim) /
                   (2 * std::numbers::pi);
    double smooth =
        (turns - scaling.low_freq_factor) / (scaling.high_freq_factor - scaling.low_freq_factor);
    double divisor = turns > scaling.high_freq_factor ? 1
                     : turns < scaling.low_freq_factor
                         ? scaling.factor
                         : 1 / ((1 - smooth) / scaling.factor + smooth);
    out.push_back(float(divisor));
  }
  return out;
}

spec::RopeScaling llama3(double factor, double low, double high, int64_t context) {
  return {Kind::llama3, factor, low, high, context};
}

std::vector<int32_t> encode(const import::Imported &imported, const std::string &text) {
  return rt::Tokenizer::open(imported.tokenizer)
      .encode(text, /*addSpecial=*/true, /*parseSpecial=*/true);
}

} // namespace

TEST_CASE("the keys and tensors of a GGUF file are a model") {
  auto imported = import::importGguf(seeds / "tiny.gguf");
  CHECK(imported.notes.empty());
  CHECK(imported.model.name == "tiny");
  CHECK(imported.model.max_context == 64);
  CHECK(imported.bos == 9);
  CHECK(imported.eos == std::vector<int32_t>{10, 11});
  CHECK(imported.weightFiles.size() == 1);
  CHECK(imported.names.at("model.layers.{}.self_attn.q_proj.weight") == "blk.{}.attn_q.weight");
  CHECK(imported.names.size() == spec::parameters(imported.model).size());
  CHECK(imported.dtypes.at("model.embed_tokens.weight") == spec::DType::f16);
  CHECK(imported.dtypes.at("model.norm.weight") == spec::DType::f32);
  CHECK(std::get<spec::Unembed>(imported.model.nodes.back()).tied);
  auto chat = rt::chat::ChatFile::read(imported.chat);
  CHECK(chat.tokens.at("bos_token") == "<|bos|>");
  CHECK(chat.tokens.at("eos_token") == "<|eos|>");
}

TEST_CASE("rope divisors are Llama 3.1's rescaling") {
  for (double theta : {500000.0, 10000.0})
    for (int headDim : {64, 128})
      for (double factor : {8.0, 32.0}) {
        INFO(theta << " " << headDim << " " << factor);
        auto scaling = llama3(factor, 1, 4, 8192);
        auto found = import::scalingOfDivisors(theta, divisors(theta, headDim, scaling));
        REQUIRE(found);
        CHECK(*found == scaling);
      }
}

TEST_CASE("of small heads and other contexts, the divisors are what was given") {
  for (int headDim : {4, 8, 16, 32, 80})
    for (int64_t context : {32, 256, 4096, 100000}) {
      INFO(headDim << " " << context);
      auto given = divisors(10000, headDim, llama3(8, 1, 4, context));
      auto found = import::scalingOfDivisors(10000, given);
      REQUIRE(found);
      auto again = found->kind == Kind::llama3 ? divisors(10000, headDim, *found)
                                               : std::vector(given.size(), found->factor);
      for (size_t i = 0; i < given.size(); ++i)
        CHECK(std::abs(again[i] / given[i] - 1) < 1e-4);
    }
}

TEST_CASE("other divisors are not taken for Llama 3.1's") {
  CHECK(import::scalingOfDivisors(10000, {1, 1, 1, 1})->kind == Kind::none);
  CHECK(import::scalingOfDivisors(10000, {4, 4, 4, 4})->kind == Kind::linear);
  CHECK(!import::scalingOfDivisors(10000, {4, 1, 1, 1}));
  CHECK(!import::scalingOfDivisors(10000, {1, 3, 2, 8}));
  CHECK(!import::scalingOfDivisors(10000, {0.5, 0.5, 0.5, 0.5}));
  CHECK(!import::scalingOfDivisors(10000, {1, 1.1, 4, 4.5, 8, 8}));
}

TEST_CASE("byte-level tokens of a GGUF file") {
  auto imported = import::importGguf(seeds / "tiny.gguf");
  CHECK(encode(imported, "abc ab") == std::vector<int32_t>{9, 5, 3, 4});
  CHECK(encode(imported, "a<|eot_id|>b") == std::vector<int32_t>{9, 0, 11, 1});
}

TEST_CASE("SentencePiece tokens of a GGUF file") {
  auto imported = import::importGguf(seeds / "sentencepiece.gguf");
  CHECK(encode(imported, "ab") == std::vector<int32_t>{1, 11});
  CHECK(encode(imported, "b\n") == std::vector<int32_t>{1, 4, 6, 3});
  CHECK(encode(imported, "q") == std::vector<int32_t>{1, 4, 0});
}

TEST_CASE("of pieces with equal scores, the leftmost neighbours are joined first") {
  auto merges = import::mergesOf({{"a", 0, 0}, {"aa", 1, -1}, {"aaa", 2, -2}, {"b", 3, 0}});
  REQUIRE(merges.size() == 3);
  CHECK(merges[0].rank < merges[1].rank);
  CHECK(merges[1].rank == merges[2].rank);
  CHECK(merges[1].result == 2);
}

TEST_CASE("without tokenizer or chat") {
  CHECK(import::importGguf(seeds / "tiny.gguf", {.tokenizer = false}).tokenizer.empty());
  CHECK(import::importGguf(seeds / "tiny.gguf", {.tokenizer = false}).chat.empty());
  CHECK(import::importGguf(seeds / "tiny.gguf", {.chat = false}).chat.empty());
}

TEST_CASE("GGUF is known by its name or its content") {
  test::Folder folder;
  CHECK(import::isGgufFile(folder.write("a.gguf", "x")));
  CHECK(import::isGgufFile(folder.write("a.bin", "GGUF\x03")));
  CHECK(!import::isGgufFile(folder.write("b.bin", "GG")));
  CHECK(!import::isGgufFile(folder.path / "none.gguf"));
}

#include "spec/Parse.h"
#include "Seed.h"
#include "TestSupport.h"
#include "cria/spec/serialise.hpp"
#include "spec/Names.h"
#include "spec/Presets.h"
#include <random>

using namespace cria::spec;

namespace {

std::string refusal(const std::string &text) {
  return test::errorOf([&] { parse(text, "x.spec"); });
}

/// A model whose only block is `block`.
std::string around(const std::string &block) {
  return "cria_spec version=1\nmodel m context=8 {\n" + block + "\n}\n";
}

Spec everything() {
  Spec spec{test::everyBlock(), {}};
  spec.plan = {
      "x86_64-linux-gnu", "zn\"v\\er3", DType::f32, DType::bf16, "q8", "fast", "a,b", "c", 16, 8};
  return spec;
}

} // namespace

TEST_CASE("serialised specs are parsed back") {
  CHECK(parse(serialise(everything()), "x") == everything());
  for (const std::string &name : presetNames()) {
    Spec spec{*preset(name), {}};
    CHECK(parse(serialise(spec), "x") == spec);
  }
}

TEST_CASE("a pairing that is not the usual one is kept") {
  Spec spec{test::everyBlock(), {}};
  std::string text = serialise(spec);
  CHECK(text.find("pairing") == text.npos);
  std::size_t at = text.find("theta=");
  text.insert(at, "pairing=interleaved ");
  Spec read = parse(text, "x");
  CHECK(read != spec);
  CHECK(serialise(read).find(" pairing=interleaved") != text.npos);
  CHECK(refusal(text.replace(text.find("interleaved"), 11, "both")).find("\"both\"") != text.npos);
}

TEST_CASE("layers without rotary embedding are kept") {
  Spec spec{test::everyBlock(), {}};
  std::string text = serialise(spec);
  text.insert(text.find("theta="), "no_rope_interval=2 ");
  Spec read = parse(text, "x");
  CHECK(read != spec);
  CHECK(serialise(read).find(" no_rope_interval=2") != text.npos);
  text.replace(text.find("interval=2"), 10, "interval=1");
  CHECK(refusal(text).find("no_rope_interval 1 is neither 0 nor above 1") != text.npos);
}

TEST_CASE("several specs may follow each other") {
  Spec stories{*preset("stories"), {}};
  std::vector<Spec> specs = parseAll(serialise(everything()) + serialise(stories), "x");
  CHECK(specs == std::vector<Spec>{everything(), stories});
  CHECK(test::errorOf([&] { parse(serialise(stories) + serialise(stories), "x"); }) ==
        "x: has 2 models, but must have one");
}

TEST_CASE("comments, spaces and line ends do not matter") {
  std::string text = serialise(everything());
  for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos; at += 12)
    text.replace(at, 1, "\t # { \" \r\n\n");
  CHECK(parse(text, "x") == everything());
}

TEST_CASE("malformed text is refused with its line") {
  CHECK(refusal("") == "x.spec: not a spec: it must begin with cria_spec version=1");
  CHECK(refusal("{}") == "x.spec:1: found \"{\" where a block is expected");
  CHECK(refusal("cria_spec version=2") == "x.spec:1: cria_spec: unsupported version; must be 1");
  CHECK(refusal("cria_spec version=1") == "x.spec: has 0 models, but must have one");
  CHECK(refusal("cria_spec version=1\nmodle m {}") == "x.spec:2: modle: must be model or plan");
  CHECK(refusal("cria_spec version=1\nplan") ==
        "x.spec:2: plan: must follow a model, at most once");
  CHECK(refusal("cria_spec version=1\nmodel m context=8 {\n") ==
        "x.spec:2: model: \"{\" is not closed");
  CHECK(refusal("cria_spec version=1\n}") == "x.spec:2: unmatched \"}\"");
  CHECK(refusal("cria_spec version=1\nmodel {}") == "x.spec:2: model: missing name");
  CHECK(refusal("cria_spec version=1\nmodel m {}") == "x.spec:2: model: context: missing");
  CHECK(refusal(around("embed vocab=1 vocab=2")) == "x.spec:3: embed: vocab: is given twice");
  CHECK(refusal(around("embed vocab")) == "x.spec:3: embed: found vocab where a field is expected");
  CHECK(refusal(around("embed vocab=")) ==
        "x.spec:3: found the end of the line where a value of vocab is expected");
  CHECK(refusal(around("embed vocab=\"7")) == "x.spec:3: embed: vocab: unterminated string");
  // Only a quote and a backslash are escaped: a line ends within no string.
  CHECK(refusal(around("embed vocab=\"7\\\n\"")) == "x.spec:3: embed: vocab: unterminated string");
  CHECK(refusal(around("embed \x80")) == "x.spec:3: found byte 0x80 where a field is expected");
  CHECK(refusal(around("embed { }")) == "x.spec:3: embed: takes no blocks in braces");
  CHECK(refusal(around("residual")) == "x.spec:3: residual: needs blocks in braces");
  CHECK(refusal(around("swigloo ffn=3")) ==
        "x.spec:3: swigloo: is not a block, did you mean swiglu?");
}

TEST_CASE("bad fields are refused with their value") {
  CHECK(refusal(around("embed vocab=7")) == "x.spec:3: embed: hidden: missing");
  CHECK(refusal(around("embed vocab=7x hidden=1")) ==
        "x.spec:3: embed: vocab: \"7x\" is not a whole number");
  CHECK(refusal(around("embed vocab=\"7\" hidden=1")) ==
        "x.spec:3: embed: vocab: \"7\" is not a whole number");
  CHECK(refusal(around("embed vocab=7 hidden=99999999999999999999")) ==
        "x.spec:3: embed: hidden: \"99999999999999999999\" is out of range");
  CHECK(refusal(around("rms_norm eps=1e999")) ==
        "x.spec:3: rms_norm: eps: \"1e999\" is out of range");
  CHECK(refusal(around("swiglu ffn=8 biass=true")) ==
        "x.spec:3: swiglu: unknown field biass, did you mean bias?");
  CHECK(refusal(around("unembed vocab=7 tied=yes")) ==
        "x.spec:3: unembed: tied: \"yes\" is not one of true, false");
  CHECK(refusal(around("attention heads=1 kv_heads=1 head_dim=2 theta=1 scaling=ntk")) ==
        "x.spec:3: attention: scaling: \"ntk\" is not one of linear, llama3, yarn");
}

TEST_CASE("a spec with a fault is refused with its sentence") {
  CHECK(refusal(around("embed vocab=0 hidden=1")) == "x.spec: m: embed: vocab 0 is not positive");
  CHECK(refusal(around("embed vocab=1 hidden=1\nrms_norm eps=nan")) ==
        "x.spec: m: rms_norm: eps is not in 1e-30 ... 1");
}

TEST_CASE("hostile nesting and size are refused") {
  std::string deep = "cria_spec version=1\nmodel m context=8 ";
  for (int i = 0; i < 100'000; ++i)
    deep += "{ residual ";
  CHECK(refusal(deep) == "x.spec:2: blocks are nested more than 64 deep");
  CHECK(refusal(std::string((16 << 20) + 1, ' ')) == "x.spec: is longer than 16777216 bytes");
}

TEST_CASE("damaged text is either refused or parsed") {
  const std::string text = serialise(everything());
  for (std::size_t length = 0; length < text.size(); ++length)
    test::errorOf([&] { parse(text.substr(0, length), "x.spec"); });
  std::mt19937 random(test::seed());
  int refused = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string damaged = text;
    for (int j = 0; j < 3; ++j)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    refused += test::errorOf([&] { parse(damaged, "x.spec"); }) != "no error";
  }
  CHECK(refused > 2000);
}

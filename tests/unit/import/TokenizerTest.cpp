#include "runtime/tokenizer/Tokenizer.h"
#include "Seed.h"
#include "TestSupport.h"
#include "import/tokenizer/TokenizerJson.h"
#include "runtime/Utf8.h"
#include <ctime>
#include <functional>
#include <random>

using namespace cria;
using nlohmann::json;

namespace {

constexpr int64_t mostIds = 1 << 24;

std::string fromHex(const std::string &hex) {
  std::string bytes;
  for (size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

/// A tokenizer of the goldens and its blob.
struct Golden {
  std::vector<std::byte> blob;
  rt::Tokenizer tokenizer;

  explicit Golden(const std::filesystem::path &file)
      : blob(import::readTokenizer(file, mostIds).blob), tokenizer(rt::Tokenizer::open(blob)) {}
  static Golden named(const std::string &name) {
    return Golden(test::goldens / "tokenizer" / (name + ".tokenizer.json"));
  }
};

/// Runs the vectors of one tokenizer; returns how many there were.
int runVectors(const rt::Tokenizer &tokenizer, const std::filesystem::path &vectors) {
  std::ifstream lines(vectors);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    INFO(vectors << ": " << line);
    json vector = json::parse(line);
    auto ids = vector["ids"].get<std::vector<int32_t>>();
    CHECK(tokenizer.decode(ids, /*skipSpecial=*/true) == fromHex(vector["decoded_hex"]));
    if (!vector.contains("text") && !vector.contains("bytes_hex"))
      continue;
    std::string input =
        vector.contains("text") ? vector["text"].get<std::string>() : fromHex(vector["bytes_hex"]);
    CHECK(tokenizer.encode(input, /*addSpecial=*/true, /*parseSpecial=*/true) == ids);
  }
  return count;
}

/// The processor time of `work`, which does not depend on what else the machine does.
double seconds(const std::function<void()> &work) {
  std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

} // namespace

TEST_CASE("text becomes the ids that Hugging Face tokenizers makes of it, and back") {
  for (const char *name : {"large", "pairs", "bytes"}) {
    Golden golden = Golden::named(name);
    CHECK(runVectors(golden.tokenizer,
                     test::goldens / "tokenizer" / (name + std::string(".jsonl"))) > 500);
  }
}

TEST_CASE("the stories tokenizer does, too") {
  Golden golden(test::source / "models/stories/tokenizer.json");
  CHECK(runVectors(golden.tokenizer, test::goldens / "tokenizer/stories.jsonl") > 500);
}

TEST_CASE("so do small tokenizers of many kinds") {
  int kinds = 0;
  for (const auto &entry : std::filesystem::directory_iterator(test::goldens / "tokenizer/kinds")) {
    std::string file = entry.path().native();
    constexpr std::string_view ending = ".tokenizer.json";
    if (!file.ends_with(ending))
      continue;
    Golden golden(file);
    CHECK(runVectors(golden.tokenizer, file.substr(0, file.size() - ending.size()) + ".jsonl") >
          100);
    ++kinds;
  }
  CHECK(kinds >= 36);
}

TEST_CASE("text that comes token by token is that of all tokens") {
  std::mt19937 random(test::seed());
  for (const char *name :
       {"llama2", "metaspace-always-split", "no-decoder", "qwen2", "some-bytes"}) {
    Golden golden = Golden::named("kinds/" + std::string(name));
    for (int i = 0; i < 200; ++i) {
      std::vector<int32_t> ids;
      for (int n = static_cast<int>(random() % 12); n > 0; --n)
        ids.push_back(
            static_cast<int32_t>(random() % static_cast<unsigned>(golden.tokenizer.size())));
      auto stream = golden.tokenizer.stream(true);
      std::string text;
      for (int32_t id : ids)
        text += stream.push(id);
      CHECK(rt::repairUtf8(text + stream.finish()) == golden.tokenizer.decode(ids, true));
    }
  }
}

TEST_CASE("the bytes of a token are those that it has without neighbours") {
  Golden golden = Golden::named("kinds/llama2");
  const rt::Tokenizer &t = golden.tokenizer;
  auto ids = t.encode("\u00ad", false, true); // a space, then two bytes
  REQUIRE(ids.size() == 3);
  CHECK(t.bytes(ids[0], false) == " ");
  CHECK(t.bytes(ids[1], false) == "\xc2");
  CHECK(t.bytes(ids[2], false) == "\xad");
  CHECK(t.decode(ids, false) == "\u00ad");
  CHECK(t.bytes(*t.find("<s>"), true) == "");
}

TEST_CASE("decoding gives back what was encoded") {
  Golden golden = Golden::named("large");
  std::mt19937 random(test::seed());
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (int n = static_cast<int>(random() % 40); n > 0; --n)
      text += static_cast<char>(random() % (i % 2 ? 128 : 256));
    auto ids = golden.tokenizer.encode(text, false, i % 3 == 0);
    std::string repaired = golden.tokenizer.decode(ids, false);
    CHECK(golden.tokenizer.encode(repaired, false, i % 3 == 0) == ids);
    if (i % 2)
      CHECK(repaired == text);
  }
}

TEST_CASE("special tokens are text unless they are asked for") {
  Golden golden = Golden::named("large");
  const rt::Tokenizer &t = golden.tokenizer;
  auto eot = t.find("<|eot_id|>");
  REQUIRE(eot);
  CHECK(t.encode("<|eot_id|>", false, true) == std::vector{*eot});
  auto text = t.encode("<|eot_id|>", false, false);
  CHECK(text.size() > 1);
  CHECK(t.decode(text, true) == "<|eot_id|>");
  CHECK(t.bytes(*eot, true) == "");
  CHECK(t.bytes(*eot, false) == "<|eot_id|>");
  CHECK(!t.find("<|eot"));
  CHECK(!t.find(""));
  CHECK(t.bytes(-1, false) == "");
  CHECK(t.bytes(t.size(), false) == "");
}

TEST_CASE("added tokens that are not special are found in any text") {
  Golden golden = Golden::named("pairs");
  auto think = golden.tokenizer.find("<think>");
  REQUIRE(think);
  CHECK(golden.tokenizer.encode("<think>", false, false) == std::vector{*think});
  std::vector<int32_t> ids{*think};
  CHECK(golden.tokenizer.decode(ids, true) == "<think>");
}

TEST_CASE("added tokens take white space with them if they are told to") {
  test::Folder folder;
  json file = test::readJson(test::goldens / "tokenizer/bytes.tokenizer.json");
  int32_t next = 264;
  auto add = [&](const char *text, bool lstrip, bool rstrip, bool normalized) {
    file["added_tokens"].push_back({{"id", next},
                                    {"content", text},
                                    {"lstrip", lstrip},
                                    {"rstrip", rstrip},
                                    {"single_word", false},
                                    {"normalized", normalized},
                                    {"special", true}});
    return next++;
  };
  int32_t l = add("<l>", true, false, false), r = add("<r>", false, true, false);
  int32_t late = add("x<l", false, false, true);
  Golden golden(folder.write("tokenizer.json", file.dump()));
  auto encode = [&](const char *text) { return golden.tokenizer.encode(text, false, true); };
  auto a = encode("a")[0];
  CHECK(encode("a \u3000\n<l> a").size() == 4);
  CHECK(encode("a \u00a0<l>a") == std::vector{a, l, a});
  CHECK(encode("a<r> \u2003\ta") == std::vector{a, r, a});
  CHECK(encode("<r> <l>") == std::vector{r, l});
  // Tokens that are not normalized are found first, even to the right of others.
  CHECK(encode("x<l>").back() == l);
  CHECK(encode("x<l") == std::vector{late});
}

TEST_CASE("long words and long texts take n log n") {
  Golden golden = Golden::named("large");
  std::string word(1 << 20, 'a'), spaces(1 << 20, ' '), mixed;
  while (mixed.size() < 1 << 20)
    mixed += "the quick brown fox, 12345 times; <|eot_id> ";
  for (const std::string &text : {word, spaces, mixed}) {
    std::vector<int32_t> ids;
    CHECK(seconds([&] { ids = golden.tokenizer.encode(text, false, true); }) < 20);
    CHECK(golden.tokenizer.decode(ids, false) == text);
  }
  Golden oneWord = Golden::named("kinds/llama2"); // does not split at all
  std::vector<int32_t> ids;
  CHECK(seconds([&] { ids = oneWord.tokenizer.encode(mixed, false, true); }) < 20);
  CHECK(oneWord.tokenizer.decode(ids, false) == mixed);
}

TEST_CASE("a damaged tokenizer.cria is refused or does no harm") {
  Golden golden = Golden::named("bytes");
  CHECK(test::errorOf([] { rt::Tokenizer::open({}); }) ==
        "tokenizer.cria: header: 88 bytes pass the end");
  for (size_t size = 0; size < golden.blob.size(); size += 37)
    CHECK(!test::errorOf([&] { rt::Tokenizer::open({golden.blob.data(), size}); }).empty());
  auto longer = golden.blob;
  longer.push_back({});
  CHECK(test::errorOf([&] { rt::Tokenizer::open(longer); }) == "tokenizer.cria: end: damaged");
  for (size_t at = 0; at < golden.blob.size(); at += 3) {
    auto changed = golden.blob;
    changed[at] ^= std::byte{0x41};
    test::errorOf([&] { rt::Tokenizer::open(changed).encode("Hello <|eot_id|>", true, true); });
  }
}

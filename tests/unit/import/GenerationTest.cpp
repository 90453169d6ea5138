#include "import/Generation.h"
#include "TestSupport.h"

using namespace cria::import;

namespace {

struct Fixture {
  test::Folder folder;
  std::vector<std::string> notes;

  Generation read(const std::string &generation, const std::string &config = "{}") {
    if (!generation.empty())
      folder.write("generation_config.json", generation);
    notes.clear();
    return readGeneration(folder.write("config.json", config), {2, 5}, notes);
  }
};

using Sequences = std::vector<std::vector<std::int32_t>>;

} // namespace

TEST_CASE_METHOD(Fixture, "silent files have transformers' defaults") {
  Generation found = read("{}");
  CHECK(found.temperature == 0);
  CHECK(found.topK == 50);
  CHECK(found.topP == 1);
  CHECK(found.repetitionPenalty == 1);
  CHECK(found.maxLength == 0);
  CHECK(notes.empty());
  CHECK(read(R"({"do_sample": true})").temperature == 1);
  CHECK(read(R"({"do_sample": false, "temperature": 0.6})").temperature == 0);
}

TEST_CASE_METHOD(Fixture, "settings are read from generation_config.json, else from config.json") {
  const char *settings = R"({"do_sample": true, "temperature": 0.6, "top_k": 0, "top_p": 0.9,
    "min_p": 0.05, "typical_p": 2.0, "epsilon_cutoff": 1.0, "eta_cutoff": 0.001,
    "repetition_penalty": 1.1, "no_repeat_ngram_size": 3.0, "max_length": 4096,
    "max_new_tokens": null, "min_new_tokens": 1, "suppress_tokens": [7, -1, 4294967301],
    "begin_suppress_tokens": [8], "bad_words_ids": [[1, 2], [2], [], [3, -4], [9]],
    "stop_strings": ["a", "b"]})";
  auto check = [&](const Generation &found) {
    CHECK(found.temperature == 0.6);
    CHECK(found.topK == 0);
    CHECK(found.topP == 0.9);
    CHECK(found.minP == 0.05);
    CHECK(found.typicalP == 1); // off
    CHECK(found.epsilonCutoff == 0);
    CHECK(found.etaCutoff == 0.001);
    CHECK(found.repetitionPenalty == 1.1);
    CHECK(found.noRepeatNgramSize == 3);
    CHECK(found.maxLength == 4096);
    CHECK(found.minNewTokens == 1);
    CHECK(found.banned == Sequences{{7}, {1, 2}, {9}});
    CHECK(found.beginSuppress == std::vector<std::int32_t>{8});
    CHECK(found.stops == std::vector<std::string>{"a", "b"});
    CHECK(notes.empty());
  };
  check(read("", settings));
  check(read(settings));
  CHECK(read(R"({"stop_strings": "x"})", settings).maxLength == 0);
  CHECK(read(R"({"min_length": 9})").minLength == 9);
  CHECK(read(R"({"min_length": 9, "min_new_tokens": 2})").minLength == 0);
  CHECK(read(R"({"stop_strings": "x"})").stops == std::vector<std::string>{"x"});
}

TEST_CASE_METHOD(Fixture, "what cannot be followed is said") {
  read(R"({"num_beams": 4, "num_beam_groups": 1, "guidance_scale": null, "top_k": -1,
           "do_sample": true, "temperature": 0, "sequence_bias": [[[1], 2.0]]})");
  std::string file = (folder.path / "generation_config.json").native();
  CHECK(notes == std::vector<std::string>{
                     file + ": top_k -1 is left out: it is out of range",
                     file + ": temperature 0 is left out: it is out of range",
                     file + ": num_beams 4 is left out: it is not supported",
                     file + ": sequence_bias is left out: it is not supported",
                 });
}

TEST_CASE_METHOD(Fixture, "values that make no sense are refused") {
  auto refusal = [&](const std::string &settings) {
    std::string message = test::errorOf([&] { read(settings); });
    std::string file = (folder.path / "generation_config.json").native() + ": ";
    return message.starts_with(file) ? message.substr(file.size()) : message;
  };
  CHECK(refusal(R"({"top_p": "high"})") == "top_p: \"high\" is not a number");
  CHECK(refusal(R"({"top_k": 1.5})") == "top_k: 1.5 is not an integer");
  CHECK(refusal(R"({"do_sample": 2})") == "do_sample: 2 is not true or false");
  CHECK(refusal(R"({"stop_strings": [3]})") == "stop_strings: 3 is not a string");
  CHECK(refusal(R"({"stop_strings": ["a\u0000b"]})").starts_with("stop_strings: "));
  CHECK(refusal(R"({"bad_words_ids": [3]})") == "bad_words_ids: 3 is not a list of token ids");
  CHECK(refusal(R"({"bad_words_ids": [["x"]]})") == "bad_words_ids: \"x\" is not a token id");
  CHECK(refusal(R"({"suppress_tokens": 3})") == "suppress_tokens: 3 is not a list");
  CHECK(refusal("[]") == "a list of 0 is not a JSON object");
}

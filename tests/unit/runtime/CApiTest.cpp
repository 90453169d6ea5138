#include "TestSupport.h"
#include "cria/runtime/cria.h"
#include <cmath>
#include <cstring>
#include <thread>

namespace {

struct Fixture {
  test::Folder folder;
  cria_model_handle *model = nullptr;
  cria_session *session = nullptr;

  Fixture() {
    fake::writeWeights(folder / "model.safetensors");
    cria_model_options options = {sizeof options, folder.path.c_str()};
    REQUIRE(cria_model_open(&options, &model) == CRIA_OK);
    REQUIRE(cria_session_create(model, &session) == CRIA_OK);
  }
  ~Fixture() {
    cria_session_close(session);
    cria_model_close(model);
  }
  std::vector<float> logits() {
    int64_t count = 0;
    const float *data = cria_logits(session, &count);
    return {data, data + count};
  }
};

std::string message() { return cria_error_message(); }

} // namespace

TEST_CASE("opening a model that is not there fails with a message") {
  cria_model_options options = {sizeof options, "/nowhere"};
  auto *model = reinterpret_cast<cria_model_handle *>(1);
  CHECK(cria_model_open(&options, &model) == CRIA_ERROR_INPUT);
  CHECK(model == nullptr);
  CHECK(message() == "/nowhere: No such file or directory");
  CHECK(cria_model_open(&options, nullptr) == CRIA_ERROR_ARGUMENT);
  cria_model_close(nullptr);
  cria_session_close(nullptr);
}

TEST_CASE_METHOD(Fixture, "the size of the options tells their version") {
  cria_model_handle *other = nullptr;
  // The layout of 0.1: a pointer and no more.
  const char *old = folder.path.c_str();
  REQUIRE(cria_model_open(reinterpret_cast<cria_model_options *>(&old), &other) == CRIA_OK);
  cria_model_close(other);
  // Its sources, compiled anew: they know no size.
  cria_model_options unsized = {};
  unsized.weights = folder.path.c_str();
  REQUIRE(cria_model_open(&unsized, &other) == CRIA_OK);
  cria_model_close(other);
  for (size_t size : {size_t{7}, size_t{5000}}) {
    cria_model_options options = {size, folder.path.c_str()};
    CHECK(cria_model_open(&options, &other) == CRIA_ERROR_ARGUMENT);
    CHECK(message() ==
          "options->size is " + std::to_string(size) + ": set it to sizeof the struct, 16");
    CHECK(other == nullptr);
  }
  // A newer header may have more fields.
  struct {
    cria_model_options known;
    void *unknown;
  } newer = {{sizeof newer, folder.path.c_str()}, nullptr};
  REQUIRE(cria_model_open(&newer.known, &other) == CRIA_OK);
  cria_model_close(other);
  CHECK(cria_api_version() == CRIA_API_VERSION);
}

TEST_CASE_METHOD(Fixture, "a model tells about itself") {
  CHECK(std::string(cria_model_name(model)) == "fake");
  CHECK(cria_model_vocab(model) == fake::vocab);
  CHECK(cria_model_context(model) == fake::context);
  CHECK(cria_model_hidden(model) == fake::hiddenWidth);
  CHECK(cria_model_bos(model) == 256);
  CHECK(cria_model_is_eos(model, 257) == 1);
  CHECK(cria_model_is_eos(model, 0) == 0);
  CHECK(std::string(cria_version()).find('.') != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "prefill and decode give logits") {
  CHECK(cria_logits(session, nullptr) == nullptr);
  std::vector<int32_t> tokens = {5, 6, 7, 8, 9, 10};
  REQUIRE(cria_prefill(session, tokens.data(), 6) == CRIA_OK);
  CHECK(logits() == fake::expectedLogits(tokens));
  REQUIRE(cria_decode(session, 3) == CRIA_OK);
  tokens.push_back(3);
  CHECK(logits() == fake::expectedLogits(tokens));
  CHECK(cria_session_position(session) == 7);
  cria_session_reset(session);
  CHECK(cria_session_position(session) == 0);

  std::vector<std::vector<float>> rows;
  auto visit = [](void *user, int64_t, const float *row, int64_t vocab) {
    static_cast<decltype(rows) *>(user)->emplace_back(row, row + vocab);
  };
  REQUIRE(cria_prefill_each(session, tokens.data(), 7, visit, &rows) == CRIA_OK);
  REQUIRE(rows.size() == 7);
  CHECK(rows[1] == fake::expectedLogits({5, 6}));
  CHECK(rows[6] == fake::expectedLogits(tokens));
}

TEST_CASE_METHOD(Fixture, "faults have a status, a message and no effect") {
  int32_t token = 1, many[70] = {};
  CHECK(cria_decode(session, 999) == CRIA_ERROR_TOKEN);
  CHECK(message() == "token 999 is not in the vocabulary of 272 tokens");
  CHECK(cria_prefill(session, many, 70) == CRIA_ERROR_CONTEXT_FULL);
  CHECK(message() == "70 tokens after the 0 before them pass the context of 62");
  CHECK(cria_prefill(session, &token, 0) == CRIA_ERROR_ARGUMENT);
  CHECK(cria_prefill(session, nullptr, 1) == CRIA_ERROR_ARGUMENT);
  CHECK(cria_prefill(session, &token, -1) == CRIA_ERROR_ARGUMENT);
  CHECK(cria_prefill(nullptr, &token, 1) == CRIA_ERROR_ARGUMENT);
  CHECK(cria_prefill_each(session, &token, 1, nullptr, nullptr) == CRIA_ERROR_ARGUMENT);
  auto *none = session;
  CHECK(cria_session_create(nullptr, &none) == CRIA_ERROR_ARGUMENT);
  CHECK(none == nullptr);
  CHECK(cria_set_threads(0) == CRIA_ERROR_ARGUMENT);
  CHECK(cria_set_threads(1) == CRIA_OK);
  std::string elsewhere = "x";
  std::jthread([&] { elsewhere = cria_error_message(); }).join();
  CHECK(elsewhere.empty());
  CHECK(cria_session_position(session) == 0);
}

TEST_CASE_METHOD(Fixture, "a session outlives its model") {
  cria_model_close(model);
  model = nullptr;
  CHECK(cria_decode(session, 1) == CRIA_OK);
}

TEST_CASE_METHOD(Fixture, "the tokenizer fills what room it is given") {
  int32_t ids[8] = {};
  int64_t count = 0;
  int both = CRIA_ADD_SPECIAL | CRIA_PARSE_SPECIAL;
  REQUIRE(cria_tokenizer_encode(model, "a<|eot_id|>", 11, both, ids, 8, &count) == CRIA_OK);
  REQUIRE(count == 3);
  CHECK(std::vector<int32_t>(ids, ids + 3) == std::vector<int32_t>{256, 'a', 260});
  ids[1] = -1;
  REQUIRE(cria_tokenizer_encode(model, "xyz", 3, 0, ids, 1, &count) == CRIA_OK);
  CHECK(count == 3);
  CHECK(ids[0] == 'x');
  CHECK(ids[1] == -1);
  CHECK(cria_tokenizer_encode(model, "xyz", 3, 0, nullptr, 0, &count) == CRIA_OK);
  CHECK(cria_tokenizer_encode(model, nullptr, 3, 0, ids, 8, &count) == CRIA_ERROR_ARGUMENT);

  int32_t text[] = {256, 'h', 'i'};
  char bytes[32];
  REQUIRE(cria_tokenizer_decode(model, text, 3, 1, bytes, 32, &count) == CRIA_OK);
  CHECK(std::string(bytes, static_cast<size_t>(count)) == "hi");
  REQUIRE(cria_tokenizer_decode(model, text, 3, 0, nullptr, 0, &count) == CRIA_OK);
  CHECK(count == 19);

  const char *piece = nullptr;
  REQUIRE(cria_tokenizer_bytes(model, 'q', 1, &piece, &count) == CRIA_OK);
  CHECK(std::string(piece, static_cast<size_t>(count)) == "q");
  REQUIRE(cria_tokenizer_bytes(model, 256, 1, &piece, &count) == CRIA_OK);
  CHECK(count == 0);
}

TEST_CASE_METHOD(Fixture, "a truncated session goes on as one that never had more") {
  std::vector<int32_t> tokens = {5, 6, 7, 8, 9, 10};
  REQUIRE(cria_prefill(session, tokens.data(), 6) == CRIA_OK);
  CHECK(cria_session_truncate(session, 7) == CRIA_ERROR_ARGUMENT);
  CHECK(message() == "position 7 is not in [0, 6]");
  CHECK(cria_session_truncate(session, -1) == CRIA_ERROR_ARGUMENT);
  CHECK(cria_session_truncate(nullptr, 0) == CRIA_ERROR_ARGUMENT);
  REQUIRE(cria_session_truncate(session, 6) == CRIA_OK);
  CHECK(logits() == fake::expectedLogits(tokens));
  REQUIRE(cria_session_truncate(session, 2) == CRIA_OK);
  CHECK(cria_session_position(session) == 2);
  CHECK(cria_logits(session, nullptr) == nullptr);
  REQUIRE(cria_decode(session, 100) == CRIA_OK);
  CHECK(logits() == fake::expectedLogits({5, 6, 100}));
  int64_t count = 0;
  const int32_t *held = cria_session_tokens(session, &count);
  CHECK(std::vector<int32_t>(held, held + count) == std::vector<int32_t>{5, 6, 100});
}

TEST_CASE_METHOD(Fixture, "hidden states are seen token by token") {
  std::vector<int32_t> tokens = {5, 6, 7, 8, 9, 10};
  std::vector<std::vector<float>> rows;
  auto visit = [](void *user, int64_t position, const float *row, int64_t size) {
    auto &all = *static_cast<decltype(rows) *>(user);
    CHECK(position == static_cast<int64_t>(all.size()));
    all.emplace_back(row, row + size);
  };
  CHECK(cria_prefill_hidden(session, tokens.data(), 6, nullptr, nullptr) == CRIA_ERROR_ARGUMENT);
  REQUIRE(cria_prefill_hidden(session, tokens.data(), 1, visit, &rows) == CRIA_OK);
  REQUIRE(cria_prefill_hidden(session, tokens.data() + 1, 5, visit, &rows) == CRIA_OK);
  REQUIRE(rows.size() == 6);
  float sum = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    sum += static_cast<float>(tokens[i]);
    CHECK(rows[i] == std::vector<float>{static_cast<float>(tokens[i] + 1) / 2, sum / 2, 0, 0});
  }
  CHECK(logits() == fake::expectedLogits(tokens));
}

TEST_CASE("a log-probability is that of the softmax") {
  const float logits[] = {std::log(1.0f), std::log(3.0f), 100};
  CHECK(cria_logprob(logits, 2, 1) == Approx(std::log(0.75)));
  CHECK(cria_logprob(logits, 3, 2) == Approx(0).margin(1e-9));
  CHECK(std::isnan(cria_logprob(logits, 2, 2)));
  CHECK(std::isnan(cria_logprob(logits, 2, -1)));
  CHECK(std::isnan(cria_logprob(nullptr, 2, 0)));
}

TEST_CASE_METHOD(Fixture, "a sampler takes the model's defaults, or options of its own") {
  cria_sampler_options options{};
  CHECK(cria_sampler_defaults(model, &options) == CRIA_ERROR_ARGUMENT); // no size
  options.size = sizeof options;
  REQUIRE(cria_sampler_defaults(model, &options) == CRIA_OK);
  CHECK(options.temperature == 0);
  CHECK(options.top_p == 1);
  CHECK(options.repeat_penalty == 1);

  cria_sampler *sampler = nullptr;
  REQUIRE(cria_sampler_create(model, nullptr, &sampler) == CRIA_OK);
  int32_t token = -1, prompt[] = {5, 6};
  CHECK(cria_sampler_sample(sampler, session, &token) == CRIA_ERROR_ARGUMENT);
  CHECK(message() == "the session has no logits: append a token");
  REQUIRE(cria_prefill(session, prompt, 2) == CRIA_OK);
  REQUIRE(cria_sampler_prompt(sampler, prompt, 2) == CRIA_OK);
  REQUIRE(cria_sampler_sample(sampler, session, &token) == CRIA_OK);
  CHECK(token == 7);
  CHECK(cria_sampler_accept(sampler, 272) == CRIA_ERROR_TOKEN);
  CHECK(cria_sampler_accept(sampler, token) == CRIA_OK);
  cria_sampler_close(sampler);

  options.repeat_penalty = 2;
  REQUIRE(cria_sampler_create(model, &options, &sampler) == CRIA_OK);
  int32_t seven = 7;
  REQUIRE(cria_sampler_prompt(sampler, &seven, 1) == CRIA_OK);
  REQUIRE(cria_sampler_sample(sampler, session, &token) == CRIA_OK);
  CHECK(token == 7); // its logit is 0 or a little more: halved, it is still the largest
  cria_sampler_close(sampler);
  cria_sampler_close(nullptr);

  options.top_p = 0;
  CHECK(cria_sampler_create(model, &options, &sampler) == CRIA_ERROR_ARGUMENT);
  CHECK(message() == "options->top_p: 0 is not in [1e-300, 1]");
  CHECK(sampler == nullptr);
  options.top_p = std::nan("");
  CHECK(cria_sampler_create(model, &options, &sampler) == CRIA_ERROR_ARGUMENT);
}

TEST_CASE_METHOD(Fixture, "a session is saved and loaded through the C API") {
  std::vector<int32_t> tokens = {5, 6, 7, 8, 9, 10};
  std::string file = folder / "session";
  REQUIRE(cria_prefill(session, tokens.data(), 6) == CRIA_OK);
  CHECK(cria_session_save(session, "") == CRIA_ERROR_ARGUMENT);
  CHECK(cria_session_save(session, "/nowhere/x") == CRIA_ERROR_INPUT);
  REQUIRE(cria_session_save(session, file.c_str()) == CRIA_OK);
  cria_session_reset(session);
  REQUIRE(cria_session_load(session, file.c_str()) == CRIA_OK);
  CHECK(logits() == fake::expectedLogits(tokens));
  CHECK(cria_session_load(session, nullptr) == CRIA_ERROR_ARGUMENT);
  CHECK(cria_session_load(session, "/nowhere") == CRIA_ERROR_INPUT);
  CHECK(cria_session_position(session) == 6);
}

//===- ThreadsTest.cpp - One model, many threads --------------------------===//
//
// Results must be those of one thread. Under ThreadSanitizer (preset tsan) this also shows that
// a model, its weights and its tokenizer are only read.
//
//===----------------------------------------------------------------------===//
#include "TestSupport.h"
#include "cria/runtime/cria.h"
#include <atomic>
#include <thread>

namespace {

constexpr int threads = 8, rounds = 20;

/// Calls `body` with the number of its thread, in all of them at the same time.
template <class Body>
void inThreads(const Body &body) {
  std::atomic<int> waiting{threads};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&, i] {
      --waiting;
      while (waiting > 0)
        std::this_thread::yield();
      body(i);
    });
  for (std::thread &thread : all)
    thread.join();
}

struct SharedModel {
  test::Folder folder;
  cria_model_handle *model = nullptr;

  SharedModel() {
    fake::writeWeights(folder / "model.safetensors");
    cria_model_options options = {sizeof options, nullptr};
    std::string path = folder.path;
    options.weights = path.c_str();
    REQUIRE(cria_model_open(&options, &model) == CRIA_OK);
  }
  ~SharedModel() { cria_model_close(model); }
};

} // namespace

// Catch2's assertions are not for threads: they count, and the main thread asserts.

TEST_CASE("sessions of one model in many threads") {
  SharedModel shared;
  std::atomic<int> wrong{0};
  inThreads([&](int thread) {
    for (int round = 0; round < rounds; ++round) {
      cria_session *session = nullptr;
      if (cria_session_create(shared.model, &session) != CRIA_OK) {
        ++wrong;
        continue;
      }
      std::vector<int32_t> tokens;
      for (int i = 0; i < 9; ++i)
        tokens.push_back((31 * thread + 7 * round + i) % fake::vocab);
      wrong += cria_prefill(session, tokens.data(), 8) != CRIA_OK;
      wrong += cria_decode(session, tokens[8]) != CRIA_OK;
      const float *logits = cria_logits(session, nullptr);
      wrong += !logits ||
               !std::equal(logits, logits + fake::vocab, fake::expectedLogits(tokens).begin());
      cria_session_close(session);
    }
  });
  CHECK(wrong == 0);
}

TEST_CASE("one tokenizer in many threads") {
  SharedModel shared;
  std::atomic<int> wrong{0};
  inThreads([&](int thread) {
    for (int round = 0; round < rounds; ++round) {
      std::string text = "thread " + std::to_string(thread) + " says " + std::to_string(round);
      std::vector<int32_t> ids(64);
      std::string back(64, '\0');
      int64_t count = 0, size = 0;
      wrong += cria_tokenizer_encode(shared.model, text.data(), int64_t(text.size()), 0, ids.data(),
                                     64, &count) != CRIA_OK;
      wrong += cria_tokenizer_decode(shared.model, ids.data(), count, 0, back.data(), 64, &size) !=
               CRIA_OK;
      wrong += back.substr(0, size_t(size)) != text;
    }
  });
  CHECK(wrong == 0);
}

TEST_CASE("each thread has an error message of its own") {
  SharedModel shared;
  std::atomic<int> wrong{0};
  inThreads([&](int thread) {
    cria_session *session = nullptr;
    wrong += cria_session_create(shared.model, &session) != CRIA_OK;
    for (int round = 0; round < rounds; ++round) {
      int32_t token = fake::vocab + thread;
      wrong += cria_decode(session, token) != CRIA_ERROR_TOKEN;
      wrong += std::string(cria_error_message()).find(std::to_string(token)) == std::string::npos;
    }
    cria_session_close(session);
  });
  CHECK(wrong == 0);
}

TEST_CASE("a model closed by one thread lives on in the sessions of others") {
  SharedModel shared;
  std::vector<cria_session *> sessions(threads, nullptr);
  for (cria_session *&session : sessions)
    REQUIRE(cria_session_create(shared.model, &session) == CRIA_OK);
  std::atomic<int> wrong{0};
  inThreads([&](int thread) {
    if (thread == 0)
      cria_model_close(std::exchange(shared.model, nullptr));
    wrong += cria_decode(sessions[size_t(thread)], thread) != CRIA_OK;
    cria_session_close(sessions[size_t(thread)]);
  });
  CHECK(wrong == 0);
}

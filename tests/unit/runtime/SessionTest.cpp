#include "runtime/Session.h"
#include "TestSupport.h"
#include <numeric>
#include <thread>

using namespace cria::rt;

namespace {

using Tokens = std::vector<int32_t>;

struct Fixture {
  test::Folder folder;
  cria_model descriptor = fake::descriptor();

  std::shared_ptr<const Model> open(float scale = 1) {
    fake::writeWeights(folder / "model.safetensors", scale);
    return std::make_shared<const Model>(descriptor, folder.path);
  }
};

Tokens iota(int64_t count) {
  Tokens tokens(static_cast<size_t>(count));
  std::iota(tokens.begin(), tokens.end(), 10);
  return tokens;
}

std::vector<float> logitsOf(const Session &session) {
  return {session.logits().begin(), session.logits().end()};
}

} // namespace

TEST_CASE_METHOD(Fixture, "however a text is fed, the logits are the same") {
  auto model = open();
  for (int64_t count = 1; count <= fake::context; ++count) {
    Tokens tokens = iota(count);
    auto wanted = fake::expectedLogits(tokens);
    Session whole(model), single(model), visited(model);
    whole.prefill(tokens);
    CHECK(logitsOf(whole) == wanted);
    for (int32_t token : tokens)
      single.decode(token);
    CHECK(logitsOf(single) == wanted);

    int64_t seen = 0;
    visited.prefill(tokens, [&](int64_t position, std::span<const float> logits) {
      CHECK(position == seen++);
      Tokens before(tokens.begin(), tokens.begin() + seen);
      CHECK(std::vector<float>(logits.begin(), logits.end()) == fake::expectedLogits(before));
    });
    CHECK(seen == count);
    CHECK(logitsOf(visited) == wanted);

    for (int64_t split = 1; split < count; ++split) {
      Session parts(model);
      parts.prefill(std::span(tokens).first(static_cast<size_t>(split)));
      parts.prefill(std::span(tokens).subspan(static_cast<size_t>(split)));
      CHECK(logitsOf(parts) == wanted);
      CHECK(parts.position() == count);
    }
  }
}

TEST_CASE_METHOD(Fixture, "a session refuses what it cannot take and stays as it was") {
  Session session(open());
  CHECK(session.logits().empty());
  session.prefill(iota(5));
  auto before = logitsOf(session);
  CHECK(test::errorOf([&] { session.prefill(Tokens{1, -1}); }) ==
        "token -1 is not in the vocabulary of 272 tokens");
  CHECK(test::errorOf([&] { session.decode(272); }) ==
        "token 272 is not in the vocabulary of 272 tokens");
  CHECK(test::errorOf([&] { session.prefill(iota(58)); }) ==
        "58 tokens after the 5 before them pass the context of 62");
  CHECK(session.position() == 5);
  CHECK(session.room() == 57);
  CHECK(logitsOf(session) == before);
  session.prefill(iota(57));
  CHECK(test::errorOf([&] { session.decode(1); }) ==
        "1 tokens after the 62 before them pass the context of 62");
  session.reset();
  CHECK(session.logits().empty());
  session.prefill(iota(3));
  CHECK(logitsOf(session) == fake::expectedLogits(iota(3)));
}

TEST_CASE_METHOD(Fixture, "logits that are not finite are an error") {
  Session session(open(std::numeric_limits<float>::quiet_NaN()));
  CHECK(test::errorOf([&] { session.prefill(iota(6)); }) ==
        "the logits of token 5 are not finite: a weight may be NaN; --check-weights names it");
  session.reset();
  CHECK(test::errorOf([&] { session.decode(3); }).starts_with("the logits of token 0 are not"));
}

TEST_CASE_METHOD(Fixture, "sessions on two threads do not disturb each other") {
  auto model = open();
  auto work = [&](Tokens tokens, bool &right) {
    auto wanted = fake::expectedLogits(tokens);
    Session session(model);
    for (int round = 0; round < 200; ++round) {
      session.reset();
      session.prefill(tokens);
      right &= logitsOf(session) == wanted;
    }
  };
  bool first = true, second = true;
  {
    std::jthread one(work, iota(7), std::ref(first)), two(work, Tokens{9, 9, 9}, std::ref(second));
  }
  CHECK(first);
  CHECK(second);
}

TEST_CASE_METHOD(Fixture, "a model of another ABI is refused, one without tokenizer is not") {
  descriptor.blob_count = 0;
  auto model = open();
  CHECK(test::errorOf([&] { model->tokenizer(); }) ==
        "model fake was compiled without a tokenizer: it takes and gives token ids only");
  CHECK(model->isEos(257));
  CHECK_FALSE(model->isEos(256));
  descriptor.abi_version = 99;
  CHECK(test::errorOf([&] { open(); }) ==
        "the model was compiled for runtime ABI 99, this runtime has 6");
}

#include "runtime/SessionFile.h"
#include "TestSupport.h"
#include <fstream>

using namespace cria::rt;

namespace {

using Tokens = std::vector<int32_t>;

struct Fixture {
  test::Folder folder;
  cria_model descriptor = fake::descriptor();
  std::string file = folder / "session";

  std::shared_ptr<const Model> open(float scale = 1) {
    fake::writeWeights(folder / "model.safetensors", scale);
    return std::make_shared<const Model>(descriptor, folder / "model.safetensors");
  }
  /// Saves a session of `tokens` and returns the file.
  std::string save(const Tokens &tokens) {
    Session session(open());
    session.prefill(tokens);
    saveSession(session, file);
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::string refusal(Session &session) {
    return test::errorOf([&] { loadSession(session, file); });
  }
};

std::vector<float> logitsOf(const Session &session) {
  return {session.logits().begin(), session.logits().end()};
}

} // namespace

TEST_CASE_METHOD(Fixture, "a loaded session is the one that was saved") {
  Tokens tokens = {5, 6, 7, 8, 9, 10, 11};
  save(tokens);
  Session other(open());
  other.prefill(Tokens{200, 201, 202});
  loadSession(other, file);
  CHECK(Tokens(other.tokens().begin(), other.tokens().end()) == tokens);
  CHECK(logitsOf(other) == fake::expectedLogits(tokens));
  other.decode(99);
  tokens.push_back(99);
  CHECK(logitsOf(other) == fake::expectedLogits(tokens));

  other.truncate(3); // no logits
  saveSession(other, file);
  Session third(open());
  loadSession(third, file);
  CHECK(third.position() == 3);
  CHECK(third.logits().empty());
  third.decode(1);
  CHECK(logitsOf(third) == fake::expectedLogits({5, 6, 7, 1}));

  third.reset(); // nothing at all
  saveSession(third, file);
  loadSession(other, file);
  CHECK(other.position() == 0);
}

TEST_CASE_METHOD(Fixture, "a damaged file is refused and changes nothing") {
  std::string good = save({5, 6, 7});
  Session session(open());
  session.prefill(Tokens{1, 2});
  auto before = logitsOf(session);
  auto refused = [&](const std::string &bytes) {
    fake::writeFile(file, bytes);
    std::string message = refusal(session);
    CHECK(message.starts_with(file + ": "));
    CHECK(message.find('\n') == message.npos);
    CHECK(session.position() == 2);
    return message;
  };
  for (size_t size = 1; size < good.size(); size += size < 120 ? 1 : 37)
    refused(good.substr(0, size));
  for (size_t i = 0; i < good.size(); i += i < 120 ? 1 : 13) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x40);
    refused(bad);
  }
  CHECK(refused(good + "x").find("1 bytes too many") != std::string::npos);
  CHECK(refused("hello, this is not a session but a text that is longer than the header of one; "
                "it goes on for some more words")
            .find("not a saved session") != std::string::npos);
  CHECK(logitsOf(session) == before);
  fake::writeFile(file, good);
  CHECK(refusal(session) == "");
}

TEST_CASE_METHOD(Fixture, "a session is not saved over the weights") {
  Session session(open());
  std::string weights = folder / "model.safetensors";
  CHECK(test::errorOf([&] { saveSession(session, weights); }) ==
        weights + ": would be overwritten, but it holds the model's weights");
  CHECK(std::filesystem::file_size(weights) < 100);
}

TEST_CASE_METHOD(Fixture, "a session of another model is refused") {
  save({5, 6, 7});
  auto says = [&](const std::string &text, float scale = 1) {
    Session session(open(scale));
    std::string message = refusal(session);
    INFO(message);
    CHECK(message.find(text) != std::string::npos);
    descriptor = fake::descriptor();
  };
  says("its weights differ", 2);
  descriptor.graph_hash = 43;
  says("its structure or its constants differ");
  descriptor.kv_heads = 2;
  says("saved with another model: kv heads: 1 is not 2");
  descriptor.kv_dtype = CRIA_F16;
  says("storage of the cache: 0 is not 1");

  Session small(open(), 2);
  CHECK(refusal(small) == file + ": 3 tokens do not fit in the context of 2");
  Session enough(open(), 3);
  CHECK(refusal(enough) == "");
  CHECK(test::errorOf([&] { enough.decode(1); }) ==
        "1 tokens after the 3 before them pass the context of 3");
}

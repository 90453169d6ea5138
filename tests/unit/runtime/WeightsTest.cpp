#include "runtime/Weights.h"
#include "TestSupport.h"
#include "runtime/RandomWeights.h"
#include "storage/FloatConvert.h"
#include <cmath>
#include <cstring>

using namespace cria;
using namespace cria::rt;
using fake::safetensors;
using fake::writeFile;

namespace {

/// Two tensors of a repeat and a vector.
struct Fixture {
  cria_param params[2] = {{"layers.{}.w", CRIA_F16, 2, {2, 2}, 2, 1, 0},
                          {"norm", CRIA_BF16, 1, {4, 1}, 1, 0, 0}};
  cria_model model = fake::descriptor();
  test::Folder folder;

  Fixture() {
    model.params = params;
    model.param_count = 2;
    model.weight_slots = 3;
  }
  std::string refusal(const std::string &header) {
    writeFile(folder / "model.safetensors", safetensors(header, std::string(64, '\0')));
    auto message = test::errorOf([&] { loadWeights(model, folder.path); });
    return message.substr(std::min(message.size(), folder.path.native().size()));
  }
};

std::string entry(const char *name, const char *dtype, const char *shape, int begin, int end) {
  return "\"" + std::string(name) + R"(":{"dtype":")" + dtype + R"(","shape":)" + shape +
         R"(,"data_offsets":[)" + std::to_string(begin) + "," + std::to_string(end) + "]}";
}

} // namespace

TEST_CASE_METHOD(Fixture, "the weight table points at the tensors, misaligned ones copied") {
  std::string header = "{" + entry("layers.0.w", "F16", "[2,2]", 0, 8) + "," +
                       entry("layers.1.w", "F16", "[2,2]", 8, 16) + "," +
                       entry("norm", "BF16", "[4]", 16, 24) + "}";
  for (int padding : {0, 1}) { // the data of one of the two files is misaligned
    writeFile(folder / "model.safetensors",
              safetensors(header + std::string(padding, ' '), "aaaabbbbccccddddeeeeffff"));
    Weights weights = loadWeights(model, folder.path);
    const char *wanted[] = {"eeeeffff", "aaaabbbb", "ccccdddd"};
    for (int slot = 0; slot < 3; ++slot) {
      CHECK(std::memcmp(weights.table()[slot], wanted[slot], 8) == 0);
      CHECK(reinterpret_cast<uintptr_t>(weights.table()[slot]) % 2 == 0);
    }
  }
}

TEST_CASE_METHOD(Fixture, "a checkpoint of another model is refused") {
  std::string w0 = entry("layers.0.w", "F16", "[2,2]", 0, 8);
  std::string w1 = entry("layers.1.w", "F16", "[2,2]", 8, 16);
  CHECK(refusal("{" + w0 + "}") == ": tensor layers.1.w is missing");
  CHECK(refusal("{" + w0 + "," + entry("layers.1.w", "BF16", "[2,2]", 8, 16) + "}") ==
        ": tensor layers.1.w: dtype: BF16 does not fit the F16 that the model was compiled for");
  CHECK(refusal("{" + w0 + "," + entry("layers.1.w", "F16", "[4]", 8, 16) + "}") ==
        ": tensor layers.1.w: shape: [4] is not the [2, 2] that the model was compiled for");
  CHECK(refusal("{" + w0 + "," + w1 + "," + entry("norm", "BF16", "[4,1]", 16, 24) + "}") ==
        ": tensor norm: shape: [4, 1] is not the [4] that the model was compiled for");
}

TEST_CASE("tensors of fewer bits are widened without loss, those of more are rounded") {
  cria_param param{"w.{}", CRIA_F32, 1, {2, 1}, 4, 0, 0};
  cria_model model = fake::descriptor();
  model.params = &param;
  model.param_count = 1;
  model.weight_slots = 4;
  test::Folder folder;
  const double wide[] = {1 + 0x1p-40, -0.1};
  const float plain[] = {1.5f, -3.25f};
  const uint16_t brain[] = {0x3f80, 0xc0a0}, half[] = {0x0001, 0xbc00};
  std::string data(8, '\0'); // f32 first, which stays where it is
  std::memcpy(data.data(), plain, 8);
  data.append(reinterpret_cast<const char *>(brain), 4);
  data.append(reinterpret_cast<const char *>(half), 4);
  data.append(reinterpret_cast<const char *>(wide), 16);
  std::string header =
      "{" + entry("w.0", "F32", "[2]", 0, 8) + "," + entry("w.1", "BF16", "[2]", 8, 12) + "," +
      entry("w.2", "F16", "[2]", 12, 16) + "," + entry("w.3", "F64", "[2]", 16, 32) + "}";
  for (int padding : {0, 1, 2, 3}) {
    writeFile(folder / "model.safetensors", safetensors(header + std::string(padding, ' '), data));
    Weights weights = loadWeights(model, folder.path);
    auto at = [&](int slot) { return static_cast<const float *>(weights.table()[slot]); };
    CHECK(std::vector(at(0), at(0) + 2) == std::vector<float>{1.5f, -3.25f});
    CHECK(std::vector(at(1), at(1) + 2) == std::vector<float>{1, -5});
    CHECK(std::vector(at(2), at(2) + 2) == std::vector<float>{0x1p-24f, -1});
    CHECK(std::vector(at(3), at(3) + 2) == std::vector<float>{1, -0.1f});
  }
}

TEST_CASE("a head of its own is not left out of a model that was compiled tied") {
  cria_param table{"model.embed_tokens.weight", CRIA_BF16, 1, {2, 1}, 1, 0, 0};
  cria_model model = fake::descriptor();
  model.params = &table;
  model.param_count = model.weight_slots = 1;
  test::Folder folder;
  auto load = [&](const std::string &data) {
    writeFile(folder / "model.safetensors",
              safetensors("{" + entry("lm_head.weight", "BF16", "[2]", 0, 4) + "," +
                              entry("model.embed_tokens.weight", "BF16", "[2]", 4, 8) + "}",
                          data));
    return test::errorOf([&] { loadWeights(model, folder.path); });
  };
  CHECK(load("abcdabcd").empty());
  CHECK(load("abcdabce") ==
        folder.path.native() +
            ": tensor lm_head.weight differs from model.embed_tokens.weight, but the model was "
            "compiled with both the same; compile it for these weights");
}

TEST_CASE("weights come from the first place that the user can mean") {
  test::Folder folder;
  fake::writeWeights(folder / "model.safetensors", 3);
  fake::writeWeights(folder / "other.safetensors", 4);
  cria_model model = fake::descriptor();
  auto scale = [&](const std::string &path) {
    return *static_cast<const float *>(loadWeights(model, path).table()[0]);
  };
  unsetenv("CRIA_WEIGHTS");
  CHECK(test::errorOf([&] { loadWeights(model, ""); }) ==
        "the model was compiled without weights: say where the weights are with --weights FOLDER");
  model.source = "/nowhere/at/all";
  CHECK(test::errorOf([&] { loadWeights(model, ""); }) ==
        "/nowhere/at/all: No such file or directory; say where the weights are with --weights "
        "FOLDER");
  std::string path = folder.path;
  model.source = path.c_str();
  CHECK(scale("") == 3);
  setenv("CRIA_WEIGHTS", (folder / "other.safetensors").c_str(), 1);
  CHECK(scale("") == 4);
  model.has_random_seed = 1;
  CHECK(scale("") == randomWeight(0, "scale", 1, 1, 0));
  CHECK(scale(path) == 3);
  unsetenv("CRIA_WEIGHTS");
}

TEST_CASE("random weights are the shared function, in the storage type") {
  cria_param params[] = {{"m.{}.weight", CRIA_BF16, 2, {3000, 1000}, 2, 0, 0},
                         {"m.norm.weight", CRIA_F16, 1, {64, 1}, 1, 2, 0},
                         {"m.bias", CRIA_F32, 1, {64, 1}, 1, 3, 0}};
  cria_model model = fake::descriptor();
  model.params = params;
  model.param_count = 3;
  model.weight_slots = 4;
  Weights weights(model, 42);
  auto at = [&](int slot) { return static_cast<const uint16_t *>(weights.table()[slot]); };

  double sum = 0, squares = 0;
  for (uint64_t i = 0; i < 3000000; ++i) {
    float value = randomWeight(42, "m.1.weight", 2, 1000, i);
    if (at(1)[i] != floatToBf16(value))
      FAIL("element " << i);
    sum += value;
    squares += value * value;
  }
  CHECK(sum / 3e6 == Approx(0).margin(1e-4));
  CHECK(std::sqrt(squares / 3e6) == Approx(1 / std::sqrt(1000.0)).epsilon(0.01));
  CHECK(std::memcmp(at(0), at(1), 1000) != 0);
  for (uint64_t i = 0; i < 64; ++i) {
    CHECK(at(2)[i] == floatToF16(randomWeight(42, "m.norm.weight", 1, 1, i)));
    CHECK(std::fabs(f16ToFloat(at(2)[i]) - 1) <= 0.0625);
    CHECK(std::fabs(static_cast<const float *>(weights.table()[3])[i]) <= 0.015625);
  }
  CHECK(randomWeight(43, "m.bias", 1, 1, 0) != randomWeight(42, "m.bias", 1, 1, 0));
  // Fixed bits: a change here changes every model of --random-weights.
  CHECK(randomWeight(1, "a", 2, 4, 0) == 0x1.9e7bp-3f);
  CHECK(randomWeight(1, "a.norm", 1, 1, 5) == 0x1.e32dd4p-1f);
  CHECK_NOTHROW(weights.checkFinite());
}

TEST_CASE_METHOD(Fixture, "the weight check names the first bad element") {
  params[1].dtype = CRIA_F32;
  std::string header = "{" + entry("layers.0.w", "F16", "[2,2]", 0, 8) + "," +
                       entry("layers.1.w", "F16", "[2,2]", 8, 16) + "," +
                       entry("norm", "F32", "[4]", 16, 32) + "}";
  auto check = [&](const std::string &data) {
    writeFile(folder / "model.safetensors", safetensors(header, data));
    Weights weights = loadWeights(model, folder.path);
    auto message = test::errorOf([&] { weights.checkFinite(); });
    return message.substr(std::min(message.size(), folder.path.native().size()));
  };
  std::string data(32, '\0');
  CHECK(check(data).empty());
  data[31] = '\x7f', data[30] = '\xc0';
  CHECK(check(data) == ": tensor norm: element 3 is nan");
  data[13] = '\xfc';
  CHECK(check(data) == ": tensor layers.1.w: element 2 is -inf");
}

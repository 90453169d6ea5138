//===- ForwardTest.cpp - The f64 forward against transformers -------------===//
#include "cria/runtime/abi.h"
#include "storage/Storage.h"
#include "verify/Check.h"
#include "verify/Config.h"
#include "verify/Document.h"
#include "verify/Files.h"
#include <catch2/catch.hpp>
#include <fstream>

using namespace cria::verify;
namespace fs = std::filesystem;

namespace {

const fs::path tiny = fs::path(CRIA_SOURCE_DIR) / "tests/goldens/tiny";

/// The numbers of a .npy file of f32, whose shape is known.
std::vector<float> readNpy(const fs::path &file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(stream)), {});
  REQUIRE(text.size() > 10);
  auto byte = [&](std::size_t i) { return std::size_t(static_cast<unsigned char>(text[i])); };
  std::size_t begin = 10 + byte(8) + 256 * byte(9);
  std::vector<float> numbers((text.size() - begin) / sizeof(float));
  std::memcpy(numbers.data(), text.data() + begin, numbers.size() * sizeof(float));
  return numbers;
}

struct Folder {
  explicit Folder(const fs::path &path) : files(path), config(readConfig(path / "config.json")) {
    chooseEnds(config, files);
  }
  Files files;
  Config config;
};

Task allOf(std::vector<std::int32_t> tokens) {
  Task task{std::move(tokens), {}, Cache::f32};
  for (std::size_t i = 0; i < task.tokens.size(); ++i)
    task.positions.push_back(std::int64_t(i));
  return task;
}

double farthest(const Matrix &a, const Matrix &b) {
  double most = 0;
  for (std::size_t i = 0; i < a.data.size(); ++i)
    most = std::max(most, std::abs(a.data[i] - b.data[i]));
  return most;
}

} // namespace

TEST_CASE("transformers' f32 logits of all tiny models are as near as f32 allows") {
  int cases = 0;
  for (const auto &entry : fs::directory_iterator(tiny)) {
    if (!fs::exists(entry.path() / "golden.json"))
      continue;
    INFO(entry.path());
    Folder folder(entry.path());
    nlohmann::json golden = readDocument(entry.path() / "golden.json");
    for (const auto &one : golden.at("cases")) {
      if (!one.contains("logits"))
        continue;
      Task task = allOf(one.at("prompt").get<std::vector<std::int32_t>>());
      Matrix found = forward(folder.config.architecture, folder.files, task);
      std::vector<float> right = readNpy(entry.path() / one.at("logits").get<std::string>());
      REQUIRE(right.size() == found.data.size());
      double worst = 0, greatest = 0;
      for (std::size_t i = 0; i < right.size(); ++i) {
        worst = std::max(worst, std::abs(right[i] - found.data[i]));
        greatest = std::max(greatest, std::abs(found.data[i]));
      }
      CHECK(worst < 1e-5 * greatest);
      ++cases;
    }
  }
  CHECK(cases > 100);
}

TEST_CASE("errors that are drawn are those of f32, and the same for the same draw") {
  Folder folder(tiny / "f32");
  Task task = allOf({1, 5, 9, 20, 44, 3});
  auto run = [&](const Variation &how) {
    return forward(folder.config.architecture, folder.files, task, how);
  };
  Matrix exact = run({});
  CHECK(farthest(exact, run({})) == 0);
  double off = farthest(exact, run({1, 1, 3}));
  CHECK(off > 1e-8);
  CHECK(off < 1e-5);
  CHECK(farthest(run({1, 1, 3}), run({1, 1, 3})) == 0);
  CHECK(farthest(run({1, 1, 3}), run({1, 1, 4})) > 0);
}

TEST_CASE("a cache of less precision shows, and its rounding is in the bounds") {
  Folder folder(tiny / "f32");
  Task task = allOf({1, 5, 9, 20, 44, 3});
  Matrix exact = forward(folder.config.architecture, folder.files, task);
  task.cache = Cache::f16;
  double half = farthest(exact, forward(folder.config.architecture, folder.files, task));
  task.cache = Cache::bf16;
  double brain = farthest(exact, forward(folder.config.architecture, folder.files, task));
  CHECK(half > 1e-5);
  CHECK(brain > half);
  CHECK(brain < 0.1);
}

TEST_CASE("a cache of q8_0 holds what lib/storage makes of rows") {
  std::vector<float> floats(96), stored(96);
  for (std::size_t i = 0; i < 64; ++i) // small numbers too, and a block of zeros
    floats[i] = float(std::sin(double(i * i))) * (i < 32 ? 1.0F : 1e-4F);
  std::vector<double> rows(floats.begin(), floats.end());
  roundTo(Cache::q8_0, rows, Errors());
  std::vector<std::byte> blocks(3 * 34);
  const cria::storage::Storage &q8_0 = cria::storage::storageOf(CRIA_Q8_0);
  q8_0.codec.encode(floats, blocks.data());
  q8_0.codec.decode(blocks.data(), stored);
  CHECK(rows == std::vector<double>(stored.begin(), stored.end()));
}

TEST_CASE("rotary frequencies of every kind") {
  Rotary rotary;
  rotary.theta = 100;
  CHECK(frequencies(rotary, 4) == std::vector<double>{1, 0.1});
  rotary.kind = Rotary::Kind::linear;
  rotary.factor = 4;
  CHECK(frequencies(rotary, 4)[1] == Approx(0.025));

  // Of wavelengths 2π and 20π with a context of 25: one is kept, one is divided.
  rotary.kind = Rotary::Kind::llama3;
  rotary.originalContext = 25;
  rotary.highFactor = 3;
  CHECK(frequencies(rotary, 4)[0] == Approx(1));
  CHECK(frequencies(rotary, 4)[1] == Approx(0.025));

  // By hand from the paper: the ramp from pair 1 to pair 3 leaves the middle half-way.
  rotary.kind = Rotary::Kind::yarn;
  rotary.theta = 10000;
  rotary.truncate = false;
  rotary.factor = 2;
  rotary.originalContext = 2 * std::numbers::pi * 1000;
  rotary.betaFast = 100;
  rotary.betaSlow = 1;
  std::vector<double> yarn = frequencies(rotary, 8);
  CHECK(yarn[0] == Approx(1));
  CHECK(yarn[1] == Approx(0.1));
  CHECK(yarn[2] == Approx(0.01 * 0.75));
  CHECK(yarn[3] == Approx(0.001 * 0.5));
}

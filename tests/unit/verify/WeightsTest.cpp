//===- WeightsTest.cpp - Where the reference takes its weights from -------===//
#include "cria/runtime/abi.h"
#include "runtime/RandomWeights.h"
#include "storage/Storage.h"
#include "support/Error.h"
#include "verify/Files.h"
#include "verify/Random.h"
#include <catch2/catch.hpp>
#include <fstream>
#include <unistd.h>

using namespace cria::verify;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
  Folder() { REQUIRE(mkdtemp(path.data())); }
  ~Folder() { fs::remove_all(path); }
  /// A file of tensors [2] in f32: name, first and second element.
  void write(const std::string &file, const std::vector<std::pair<std::string, float>> &tensors) {
    std::string header = "{", data;
    for (const auto &[name, value] : tensors) {
      header += (header.size() > 1 ? ",\"" : "\"") + name +
                R"(":{"dtype":"F32","shape":[2],"data_offsets":[)" + std::to_string(data.size()) +
                "," + std::to_string(data.size() + 8) + "]}";
      float both[] = {value, -value};
      data.append(reinterpret_cast<const char *>(both), sizeof both);
    }
    header += "}";
    std::uint64_t length = header.size();
    text(file, std::string(reinterpret_cast<const char *>(&length), 8) + header + data);
  }
  void text(const std::string &file, const std::string &content) {
    std::ofstream(fs::path(path) / file, std::ios::binary) << content;
  }
  std::string path = fs::temp_directory_path() / "reference-test-XXXXXX";
};

double first(const Files &files, const std::string &name) {
  std::vector<double> row(2);
  files.find(name, {2})->read(0, row);
  CHECK(row[1] == -row[0]);
  return row[0];
}

} // namespace

TEST_CASE("names are found with and without their prefix") {
  Folder folder;
  folder.write("model.safetensors", {{"norm.weight", 1}, {"model.other.weight", 2}});
  Files files(folder.path);
  CHECK(first(files, "model.norm.weight") == 1);
  CHECK(first(files, "other.weight") == 2);
  CHECK(!files.has("lm_head.weight"));
  CHECK_THROWS_AS(files.find("lm_head.weight", {2}), cria::Error);
  CHECK_THROWS_AS(files.find("norm.weight", {3}), cria::Error);
}

TEST_CASE("of two copies, the index says which counts") {
  Folder folder;
  folder.write("a.safetensors", {{"norm.weight", 1}});
  folder.write("b.safetensors", {{"norm.weight", 2}, {"w", 3}});
  folder.text("model.safetensors.index.json",
              R"({"weight_map":{"norm.weight":"b.safetensors","w":"b.safetensors"}})");
  CHECK(first(Files(folder.path), "norm.weight") == 2);
}

TEST_CASE("damaged files are refused") {
  Folder folder;
  CHECK_THROWS_AS(Files(folder.path), cria::Error);
  folder.text("model.safetensors", "short");
  CHECK_THROWS_AS(Files(folder.path), cria::Error);
  folder.text("model.safetensors", std::string(8, '\x7f') + "{}");
  CHECK_THROWS_AS(Files(folder.path), cria::Error);
  std::string header = R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  std::string length(8, '\0');
  length[0] = char(header.size());
  folder.text("model.safetensors", length + header + "1234");
  CHECK_THROWS_AS(Files(folder.path), cria::Error);
}

TEST_CASE("random weights are those of the runtime, by an implementation of their own") {
  for (auto [format, id] : {std::pair(Format::f32, CRIA_F32), std::pair(Format::f16, CRIA_F16),
                            std::pair(Format::bf16, CRIA_BF16)}) {
    const cria::storage::Storage &storage = cria::storage::storageOf(id);
    RandomWeights weights(7, [&](const std::string &, std::size_t) -> auto & { return storage; });
    auto check = [&, format = format](const std::string &name, std::vector<std::int64_t> shape) {
      auto tensor = weights.find(name, shape);
      std::vector<double> row(std::size_t(shape.back()));
      std::int64_t last = shape.size() == 2 ? shape[0] - 1 : 0;
      tensor->read(last, row);
      for (std::size_t i = 0; i < row.size(); ++i) {
        float made = cria::rt::randomWeight(7, name, std::int64_t(shape.size()), shape.back(),
                                            std::uint64_t(last) * row.size() + i);
        REQUIRE(row[i] == rounded(format, made));
      }
    };
    check("model.layers.3.mlp.up_proj.weight", {5, 33});
    check("model.norm.weight", {33});
    check("model.layers.0.self_attn.q_proj.bias", {33});
  }
}

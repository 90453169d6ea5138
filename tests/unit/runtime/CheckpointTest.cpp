//===- CheckpointTest.cpp - The tensors of a model -------------------------===//
#include "runtime/Checkpoint.h"
#include "TestSupport.h"
#include <cstring>

using namespace cria::rt;
using fake::safetensors;
using fake::writeFile;

static std::string oneByte(const std::string &name, char value) {
  return safetensors("{\"" + name + R"(":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                     std::string(1, value));
}

static char valueOf(const Checkpoint &checkpoint, const char *name) {
  const Tensor *tensor = checkpoint.find(name);
  REQUIRE(tensor);
  return static_cast<char>(tensor->bytes[0]);
}

TEST_CASE("a checkpoint is a folder with one file, or that file") {
  test::Folder folder;
  writeFile(folder / "model.safetensors", oneByte("a", 'A'));
  CHECK(valueOf(Checkpoint::open(folder.path), "a") == 'A');
  CHECK(valueOf(Checkpoint::open(folder / "model.safetensors"), "a") == 'A');
  CHECK_FALSE(Checkpoint::open(folder.path).find("b"));
}

TEST_CASE("a checkpoint of shards is found through its index") {
  test::Folder folder;
  writeFile(folder / "one.safetensors", oneByte("a", 'A'));
  writeFile(folder / "two.safetensors", oneByte("b", 'B'));
  writeFile(folder / "model.safetensors.index.json",
            R"({"weight_map":{"a":"one.safetensors","b":"two.safetensors"}})");
  auto checkpoint = Checkpoint::open(folder.path);
  CHECK(valueOf(checkpoint, "a") == 'A');
  CHECK(valueOf(checkpoint, "b") == 'B');
  CHECK(Checkpoint::open(folder / "model.safetensors.index.json").tensors().size() == 2);
}

TEST_CASE("an index that is wrong is refused") {
  test::Folder folder;
  auto refusal = [&](const std::string &index) {
    writeFile(folder / "model.safetensors.index.json", index);
    std::string message = test::errorOf([&] { Checkpoint::open(folder.path); });
    std::string prefix = (folder / "model.safetensors.index.json").native() + ": ";
    return message.starts_with(prefix) ? message.substr(prefix.size()) : message;
  };
  writeFile(folder / "one.safetensors", oneByte("a", 'A'));
  CHECK(refusal("{}") == "weight_map is missing or not an object");
  CHECK(refusal("[1]") == "weight_map is missing or not an object");
  CHECK(refusal(R"({"weight_map":{"a":"gone.safetensors"}})") ==
        "weight_map: shard gone.safetensors is missing");
  for (std::string name : {"\"../one.safetensors\"", "\"/etc/passwd\"", "\"x/one.safetensors\"",
                           "\"..\"", "\".\"", "\"\"", "\"one\\u0000\"", "7"})
    CHECK(refusal(R"({"weight_map":{"a":)" + name + "}}").find("is not the name of a file") !=
          std::string::npos);
}

TEST_CASE("of several copies that of the index counts, else the last") {
  test::Folder folder;
  for (std::string shard : {"one", "two", "two-b"})
    writeFile(folder / (shard + ".safetensors"), oneByte("a", shard.back()));
  auto open = [&](const std::string &map) {
    writeFile(folder / "model.safetensors.index.json", R"({"weight_map":{)" + map + "}}");
    return Checkpoint::open(folder.path);
  };
  std::string all = R"("x":"one.safetensors","y":"two-b.safetensors","z":"two.safetensors")";
  CHECK(valueOf(open(all), "a") == 'o');
  CHECK(open(all).notes().empty());
  auto first = open(R"("a":"one.safetensors",)" + all);
  CHECK(valueOf(first, "a") == 'e');
  REQUIRE(first.notes().size() == 1);
  CHECK(first.notes()[0].find(": tensor a is in several shards") != std::string::npos);
  CHECK(first.files().size() == 4);
}

TEST_CASE("an index may be wrong about tensors that nobody asks for") {
  test::Folder folder;
  writeFile(folder / "one.safetensors", oneByte("a", 'A'));
  writeFile(folder / "model.safetensors.index.json", R"({"weight_map":{"b":"one.safetensors"}})");
  auto checkpoint = Checkpoint::open(folder.path);
  CHECK(valueOf(checkpoint, "a") == 'A');
  CHECK(test::errorOf([&] { checkpoint.require("b"); }) ==
        folder.path.native() +
            ": tensor b is missing, though the index says that one.safetensors has it");
}

TEST_CASE("the prefix of the base model may be missing, or there twice") {
  test::Folder folder;
  auto nameOf = [&](const char *inFile, const char *wanted) -> std::string {
    writeFile(folder / "model.safetensors", oneByte(inFile, 'A'));
    return Checkpoint::open(folder.path).require(wanted).first;
  };
  CHECK(nameOf("norm.weight", "model.norm.weight") == "norm.weight");
  CHECK(nameOf("model.model.norm.weight", "model.norm.weight") == "model.model.norm.weight");
  CHECK(nameOf("model.lm_head.weight", "lm_head.weight") == "model.lm_head.weight");
  CHECK(test::errorOf([&] { nameOf("module.model.norm.weight", "model.norm.weight"); }) ==
        folder.path.native() +
            ": tensor model.norm.weight is missing; module.model.norm.weight has "
            "a prefix that a Llama model does not have");
  writeFile(folder / "model.safetensors",
            safetensors(R"({"norm":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                        R"("model.norm":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
                        "ab"));
  CHECK(test::errorOf([&] { Checkpoint::open(folder.path).find("model.norm"); }) ==
        folder.path.native() + ": tensors model.norm and norm are both model.norm");
}

TEST_CASE("what is no checkpoint is refused by name") {
  test::Folder folder;
  std::string path = folder.path.native();
  CHECK(test::errorOf([&] { Checkpoint::open(path); }) ==
        path + ": no model.safetensors and no model.safetensors.index.json; the folder is empty");
  CHECK(test::errorOf([&] { Checkpoint::open(path + "/gone"); }) ==
        path + "/gone: No such file or directory");
  CHECK(test::errorOf([&] { Checkpoint::open("/dev/null"); }) == "/dev/null: not a regular file");
  writeFile(folder / "model.safetensors", "");
  CHECK(test::errorOf([&] { Checkpoint::open(path); }) ==
        path + "/model.safetensors: 0 bytes are no safetensors file");
  writeFile(folder / "model.safetensors",
            "version https://git-lfs.github.com/spec/v1\noid sha256:");
  CHECK(test::errorOf([&] {
          Checkpoint::open(path);
        }).starts_with(path + "/model.safetensors is a git-lfs pointer, not the file itself"));
}

TEST_CASE("embedded files make a checkpoint") {
  std::string one = oneByte("a", 'A'), two = oneByte("b", 'B');
  cria_blob blobs[] = {{"tokenizer.cria", "?", 1},
                       {"1.safetensors", one.data(), static_cast<int64_t>(one.size())},
                       {"2.safetensors", two.data(), static_cast<int64_t>(two.size())}};
  auto checkpoint = Checkpoint::open(blobs);
  CHECK(checkpoint.name() == "1.safetensors");
  CHECK(valueOf(checkpoint, "a") == 'A');
  CHECK(valueOf(checkpoint, "b") == 'B');
  CHECK(Checkpoint::open(std::span(blobs, 1)).tensors().empty());
  CHECK(test::errorOf([&] {
          cria_blob twice[] = {blobs[1], blobs[1]};
          Checkpoint::open(twice);
        }) == "1.safetensors: tensor a is in 1.safetensors too");
  std::string old = oneByte("a", 'O'), index = R"({"weight_map":{"a":"1.safetensors"}})";
  cria_blob superseded[] = {
      blobs[1],
      {"2.safetensors", old.data(), static_cast<int64_t>(old.size())},
      {"model.safetensors.index.json", index.data(), static_cast<int64_t>(index.size())}};
  CHECK(valueOf(Checkpoint::open(superseded), "a") == 'A');
}

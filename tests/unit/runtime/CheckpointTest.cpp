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
  CHECK(refusal(R"({"weight_map":{"b":"one.safetensors"}})") ==
        "weight_map: one.safetensors has no tensor b");
  for (std::string name : {"\"../one.safetensors\"", "\"/etc/passwd\"", "\"x/one.safetensors\"",
                           "\"..\"", "\".\"", "\"\"", "\"one\\u0000\"", "7"})
    CHECK(refusal(R"({"weight_map":{"a":)" + name + "}}").find("is not the name of a file") !=
          std::string::npos);
  writeFile(folder / "two.safetensors", oneByte("a", 'A'));
  CHECK(refusal(R"({"weight_map":{"a":"one.safetensors","c":"two.safetensors"}})")
            .find("tensor a is in another file too") != std::string::npos);
}

TEST_CASE("what is no checkpoint is refused by name") {
  test::Folder folder;
  std::string path = folder.path.native();
  CHECK(test::errorOf([&] { Checkpoint::open(path); }) ==
        path + ": no model.safetensors and no model.safetensors.index.json");
  CHECK(test::errorOf([&] { Checkpoint::open(path + "/gone"); }) ==
        path + "/gone: No such file or directory");
  CHECK(test::errorOf([&] { Checkpoint::open("/dev/null"); }) == "/dev/null: not a regular file");
  writeFile(folder / "model.safetensors", "");
  CHECK(test::errorOf([&] { Checkpoint::open(path); }) ==
        path + "/model.safetensors: 0 bytes are no safetensors file");
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
}

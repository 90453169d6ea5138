//===- FolderContentTest.cpp - What a folder holds in place of a model ----===//
#include "runtime/FolderContent.h"
#include "TestSupport.h"
#include "runtime/FileContent.h"

using namespace cria::rt;
using fake::writeFile;

namespace fs = std::filesystem;

namespace {

/// What is said about a folder with empty files of these names.
std::string describe(std::initializer_list<const char *> files) {
  test::Folder folder;
  for (std::string file : files) {
    fs::create_directories((folder / file).parent_path());
    writeFile(folder / file, "");
  }
  std::string text = describeFolder(folder.path);
  if (size_t at = text.find(folder.path.native()); at != text.npos)
    text.replace(at, folder.path.native().size(), "DIR");
  return text;
}

} // namespace

TEST_CASE("a folder without a model is described by what it has") {
  CHECK(describe({}) == "; the folder is empty");
  CHECK(describe({"README.md", "tokenizer.json"}).empty());
  CHECK(describe({"adapter_config.json", "adapter_model.safetensors", "tokenizer.json"})
            .starts_with("; adapter_config.json is an adapter (LoRA), not a model"));
  CHECK(describe({"consolidated.00.pth", "params.json", "tokenizer.model"})
            .starts_with("; consolidated.00.pth is Meta's original format"));
  CHECK(describe({"consolidated.safetensors", "params.json"})
            .starts_with("; consolidated.safetensors is Mistral's original format"));
  CHECK(describe({"pytorch_model-00001-of-00002.bin", "pytorch_model.bin.index.json"})
            .find("is a PyTorch checkpoint; convert it to safetensors") != std::string::npos);
  CHECK(describe({"model-Q4_K_M.gguf"}).starts_with("; model-Q4_K_M.gguf is GGUF"));
  CHECK(describe({"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"}) ==
        "; there are shards such as model-00001-of-00002.safetensors, but not their index");
  CHECK(describe({"model.fp16.safetensors"}) ==
        "; there is model.fp16.safetensors: rename it to model.safetensors if it is the model");
}

TEST_CASE("the root of a hub cache names its snapshot") {
  CHECK(describe({"refs/main", "snapshots/abc/config.json"}) ==
        "; it is the root of a hub cache; give DIR/snapshots/abc");
  CHECK(
      describe({"models--a--b/snapshots/c/config.json", "models--d--e/snapshots/f/config.json"}) ==
      "; it has folders with models, give one of them: models--a--b, models--d--e");
  CHECK(describe({"a/config.json", "b/config.json"}) ==
        "; it has folders with models, give one of them: a, b");
}

TEST_CASE("a link to nothing and a folder that is not there are said to be so") {
  test::Folder folder;
  fs::create_symlink(folder / "gone", folder / "model.safetensors");
  CHECK(describeFolder(folder.path) ==
        "; model.safetensors is a link to a file that does not exist; download the model anew");
  CHECK(test::errorOf([&] { describeFolder(folder / "gone"); }) ==
        (folder / "gone").native() + ": No such file or directory");
}

TEST_CASE("content that is not what the name says is recognised") {
  CHECK(recogniseContent("version https://git-lfs.github.com/spec/v1\noid")
            .starts_with("is a git-lfs pointer"));
  CHECK(recogniseContent("<!DOCTYPE html><html>").starts_with("is an HTML page"));
  CHECK(recogniseContent("GGUF\x03").starts_with("is a GGUF file"));
  CHECK(recogniseContent("PK\x03\x04").starts_with("is a PyTorch checkpoint"));
  CHECK(recogniseContent("{").empty());
  CHECK(recogniseContent("").empty());
}

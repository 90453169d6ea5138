//===- ModelPathTest.cpp - Paths that are not a model's folder ------------===//
#include "import/ModelPath.h"
#include "TestSupport.h"

using cria::import::explainModelPath;

TEST_CASE("a file of a model is answered with its folder") {
  test::Folder folder;
  auto explain = [&](const char *name) {
    std::string text = explainModelPath(folder.write(name, "").native());
    if (size_t at = text.find(folder.path.native()); at != text.npos)
      text.replace(at, folder.path.native().size(), "DIR");
    return text;
  };
  CHECK(explain("config.json") == "is a file of a model; give its folder, DIR");
  CHECK(explain("model.safetensors") == "is a file of a model; give its folder, DIR");
  CHECK(explain("notes.txt").empty());
}

TEST_CASE("a name of the hub is answered with how to download it") {
  CHECK(explainModelPath("meta-llama/Llama-3.2-1B") ==
        "no such folder; a model of the Hugging Face Hub is downloaded first: hf download "
        "meta-llama/Llama-3.2-1B --local-dir DIR, then give DIR");
  CHECK(explainModelPath("https://huggingface.co/a/b").find("hf download a/b ") !=
        std::string::npos);
  for (const char *path : {"nothing", "./a/b", "/a/b", "../b", "a/b/c", "a b/c", "a/"})
    CHECK(explainModelPath(path).empty());
}

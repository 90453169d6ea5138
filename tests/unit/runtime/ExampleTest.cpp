#include "Process.h"
#include "TestSupport.h"

TEST_CASE("the C example of the documentation runs with a shared library") {
  test::Folder folder;
  fake::writeWeights(folder / "model.safetensors");
  auto result = test::runProgram(GENERATE_EXAMPLE, {folder.path, "a"});
  CHECK(result.code == 0);
  CHECK(result.out == "bcdefghijklmnopqrstu\n");
  CHECK(result.err == "");

  auto missing = test::runProgram(GENERATE_EXAMPLE, {"/nowhere", "a"});
  CHECK(missing.code == 1);
  CHECK(missing.err == "model: /nowhere: No such file or directory\n");
  auto tooLong = test::runProgram(GENERATE_EXAMPLE, {folder.path, std::string(80, 'a')});
  CHECK(tooLong.code == 1);
  CHECK(tooLong.err == "prefill: 81 tokens after the 0 before them pass the context of 62\n");
}

#include "Process.h"
#include "TestSupport.h"
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <limits>
#include <unistd.h>

namespace {

using Arguments = std::vector<std::string>;

struct Program {
  test::Folder folder;

  Program() { fake::writeWeights(folder / "model.safetensors"); }

  test::Result run(Arguments arguments, const std::string &input = {}, int outFd = -1) {
    arguments.insert(arguments.end(), {"--weights", folder.path});
    return test::runProgram(FAKE_MODEL, arguments, input, outFd);
  }
  std::string outputOf(const Arguments &arguments, const std::string &input = {}) {
    auto result = run(arguments, input);
    CHECK(result.err == "");
    CHECK(result.code == 0);
    return result.out;
  }
  /// The message of a run that fails with `code`.
  std::string failureOf(const Arguments &arguments, int code) {
    auto result = run(arguments);
    CHECK(result.code == code);
    CHECK(result.out == "");
    return result.err;
  }
};

} // namespace

TEST_CASE_METHOD(Program, "a prompt is continued") {
  CHECK(outputOf({"--prompt", "a", "--max-tokens", "4"}) == "bcde\n");
  CHECK(outputOf({"--prompt=a", "--max-tokens=4", "--threads=1"}) == "bcde\n");
  CHECK(outputOf({"--prompt-file", "-", "--max-tokens", "2"}, "x") == "yz\n");
  fake::writeFile(folder / "p.txt", "A");
  CHECK(outputOf({"--prompt-file", folder / "p.txt", "--max-tokens", "2"}) == "BC\n");
  CHECK(outputOf({"--token-ids", "1,2,97", "--max-tokens", "3"}) == "bcd\n");
  CHECK(outputOf({"--token-ids", "97", "--max-tokens", "3", "--print-token-ids"}) == "98,99,100\n");
  CHECK(outputOf({"--prompt", "a", "--max-tokens", "0"}) == "");
}

TEST_CASE_METHOD(Program, "a prompt is read in chunks, or from some token on one at a time") {
  for (const char *from : {"0", "2", "9"})
    CHECK(outputOf({"--prompt", "xyza", "--max-tokens", "2", "--decode-from", from}) == "bc\n");
  CHECK(failureOf({"--interactive", "--decode-from", "0"}, 2).ends_with("needs a prompt\n"));
}

TEST_CASE_METHOD(Program, "generation ends at the end of the text, or goes on if told to") {
  CHECK(outputOf({"--token-ids", "254", "--print-token-ids"}) == "255,256\n");
  CHECK(outputOf({"--token-ids", "255", "--print-token-ids", "--ignore-eos", "--max-tokens",
                  "3"}) == "256,257,258\n");
  CHECK(outputOf({"--token-ids", "256"}) == "\n");
}

TEST_CASE_METHOD(Program, "characters stay whole and stop strings are never seen") {
  CHECK(outputOf({"--token-ids", "260", "--max-tokens", "3"}) == "a\u20ac!\n");
  CHECK(outputOf({"--token-ids", "260", "--max-tokens", "2"}) == "a\ufffd\n");
  CHECK(outputOf({"--token-ids", "260", "--stop", "STOP"}) == "a\u20ac! \n");
  CHECK(outputOf({"--token-ids", "260", "--stop=STOP", "--print-token-ids"}) ==
        "261,262,263,264,265\n");
  CHECK(outputOf({"--prompt", "a", "--stop", "zz", "--stop", "de"}) == "bc\n");
}

TEST_CASE_METHOD(Program, "a seed gives the same draws again") {
  auto draw = [&](const char *seed) {
    return outputOf({"--token-ids", "100", "--temperature", "5", "--top-k", "20", "--seed", seed,
                     "--max-tokens", "12", "--print-token-ids"});
  };
  CHECK(draw("1") == draw("1"));
  CHECK(draw("1") != draw("2"));
  // Repeats are not what this model makes, but a penalty on the prompt's next token shows.
  CHECK(outputOf({"--token-ids", "102,101", "--repeat-penalty", "2", "--max-tokens", "1",
                  "--print-token-ids"}) == "102\n"); // its logit, 0 or a little more, is halved
}

TEST_CASE_METHOD(Program, "a full context is said plainly") {
  auto result = run({"--token-ids", "1,2,3,4,5", "--print-token-ids"});
  CHECK(result.code == 0);
  CHECK(result.err == "fake_model: the context of 62 tokens is full\n");
  CHECK(std::count(result.out.begin(), result.out.end(), ',') == 57); // 58 ids: one is unread
  CHECK(failureOf({"--prompt", std::string(70, 'a')}, 1) ==
        "fake_model: the prompt of 71 tokens is longer than the 62 tokens of room in the context "
        "of 62\n");
}

TEST_CASE_METHOD(Program, "faults of the input are one line and exit code 1") {
  CHECK(failureOf({"--token-ids", "1,272"}, 1) ==
        "fake_model: token 272 is not in the vocabulary of 272 tokens\n");
  CHECK(failureOf({"--token-ids", "-1"}, 1) ==
        "fake_model: token -1 is not in the vocabulary of 272 tokens\n");
  CHECK(failureOf({"--prompt-file", "/nowhere"}, 1) ==
        "fake_model: /nowhere: No such file or directory\n");
  CHECK(failureOf({"--prompt-file", "/tmp"}, 1) == "fake_model: /tmp: Is a directory\n");
  CHECK(failureOf({"--prompt-file", "/dev/zero"}, 1) ==
        "fake_model: /dev/zero: more than 67108864 bytes of text\n");
  CHECK(failureOf({"--token-ids", "1", "--max-tokens", "0", "--dump-logits", "/nowhere/f"}, 1) ==
        "fake_model: /nowhere/f: No such file or directory\n");
  auto result = test::runProgram(FAKE_MODEL, {"--prompt", "a"});
  CHECK(result.code == 1);
  CHECK(result.err.find("--weights FOLDER") != std::string::npos);
}

TEST_CASE_METHOD(Program, "faults of the command line have exit code 2") {
  CHECK(failureOf({"--prompt", "a", "--top-p", "7"}, 2) ==
        "fake_model: --top-p: 7 is not in (0, 1]\n");
  CHECK(failureOf({}, 2).find("a prompt is missing") != std::string::npos);
  CHECK(failureOf({"--nonsense"}, 2) ==
        "fake_model: --nonsense: unknown flag; --help lists them\n");
}

TEST_CASE_METHOD(Program, "help and version need no weights") {
  auto help = test::runProgram(FAKE_MODEL, {"--help"});
  CHECK(help.code == 0);
  CHECK(help.out.starts_with("usage: fake_model [--prompt] TEXT"));
  auto version = test::runProgram(FAKE_MODEL, {"--version"});
  CHECK(version.code == 0);
  CHECK(version.out.starts_with("fake_model, model fake for generic, made by Cria "));
}

TEST_CASE_METHOD(Program, "logits of the prompt are written as a NumPy file") {
  auto file = folder / "logits.npy";
  std::vector<int32_t> tokens = {3, 1, 4, 1, 5, 9, 2};
  CHECK(outputOf({"--token-ids", "3,1,4,1,5,9,2", "--max-tokens", "0", "--dump-logits", file}) ==
        "");
  std::ifstream stream(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), {});
  REQUIRE(bytes.size() == 128 + 7 * fake::vocab * sizeof(float));
  CHECK(bytes.substr(0, 10) == std::string("\x93NUMPY\x01\x00\x76\x00", 10));
  CHECK(bytes.substr(10, 60) == "{'descr': '<f4', 'fortran_order': False, 'shape': (7, 272), ");
  CHECK(bytes[127] == '\n');
  for (size_t row = 0; row < 7; ++row) {
    auto wanted = fake::expectedLogits({tokens.begin(), tokens.begin() + ptrdiff_t(row) + 1});
    CHECK(std::memcmp(bytes.data() + 128 + row * fake::vocab * sizeof(float), wanted.data(),
                      fake::vocab * sizeof(float)) == 0);
  }
  // A run that fails leaves the old file, and no other.
  CHECK(failureOf({"--token-ids", "999", "--dump-logits", file}, 1) != "");
  CHECK(std::filesystem::file_size(file) == bytes.size());
  auto files = std::filesystem::directory_iterator(folder.path);
  CHECK(std::distance(begin(files), end(files)) == 2);
}

TEST_CASE_METHOD(Program, "weights that are NaN are found") {
  CHECK(outputOf({"--check-weights"}) == "all 1 tensors are finite\n");
  fake::writeWeights(folder / "model.safetensors", std::numeric_limits<float>::quiet_NaN());
  CHECK(failureOf({"--check-weights"}, 1) ==
        "fake_model: " + folder.path.native() + ": tensor scale: element 0 is nan\n");
  CHECK(failureOf({"--prompt", "a"}, 1) == "fake_model: the logits of token 1 are not finite: a "
                                           "weight may be NaN; --check-weights names it\n");
}

TEST_CASE_METHOD(Program, "lines of standard input are prompts of their own") {
  CHECK(outputOf({"--interactive", "--max-tokens", "2"}, "a\n\nx") == "bc\nyz\n");
  auto result = run({"--interactive", "--max-tokens", "2"}, std::string(70, 'a') + "\nx\n");
  CHECK(result.code == 0);
  CHECK(result.out == "yz\n");
  CHECK(result.err.find("the prompt of 71 tokens is longer") != std::string::npos);
}

TEST_CASE_METHOD(Program, "a chat remembers its turns until the context is full") {
  Arguments chat = {"--chat", "--max-tokens", "2", "--print-token-ids"};
  Arguments once = chat, many = chat;
  once.insert(once.end(), {"--prompt", "hi"});
  many.push_back("--interactive");
  CHECK(outputOf(once) == "11,12\n"); // after "\n", which is token 10
  auto result = run(many, "hi\nyo\nme\n");
  CHECK(result.out == "11,12\n11,12\n");
  CHECK(result.err == "fake_model: the context of 62 tokens is full\n");
  CHECK(result.code == 0);
}

TEST_CASE_METHOD(Program, "figures go to standard error") {
  auto result = run({"--token-ids", "1,2,3", "--max-tokens", "5", "--print-token-ids", "--stats"});
  CHECK(result.code == 0);
  CHECK(result.out == "4,5,6,7,8\n");
  for (const char *line : {"load  ", "prefill      3 tokens, ", "decode       4 tokens, ",
                           "per token: weights 4 B, cache ", "peak memory  "})
    CHECK(result.err.find(line) != std::string::npos);
}

TEST_CASE_METHOD(Program,
                 "an output that nobody reads ends the run quietly, a full disk does not") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  close(ends[0]);
  auto closed = run({"--prompt", "a"}, "", ends[1]);
  close(ends[1]);
  CHECK(closed.code == 0);
  CHECK(closed.err == "");
  int full = open("/dev/full", O_WRONLY);
  auto disk = run({"--prompt", "a"}, "", full);
  close(full);
  CHECK(disk.code == 1);
  CHECK(disk.err == "fake_model: standard output: No space left on device\n");
}

TEST_CASE_METHOD(Program, "a closed standard output is never mistaken for a file") {
  auto file = folder / "logits.npy";
  std::string command = std::string(FAKE_MODEL) + " --token-ids 97 --weights " +
                        folder.path.native() + " --dump-logits " + file.native() + " >&-";
  auto result = test::runProgram("/bin/sh", {"-c", command});
  CHECK(result.code == 0);
  CHECK(std::filesystem::file_size(file) == 128 + fake::vocab * sizeof(float));
}

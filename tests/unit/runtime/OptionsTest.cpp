#include "runtime/cli/Options.h"
#include "TestSupport.h"
#include <fstream>
#include <sstream>

using namespace cria::rt;

namespace {

Options parse(std::vector<const char *> arguments) { return parseOptions(arguments); }

std::string refusal(std::vector<const char *> arguments) {
  return test::errorOf([&] { parse(arguments); });
}

} // namespace

TEST_CASE("flags take their value as the next argument or after =") {
  Options a = parse({"--prompt", "x=y", "--top-p=0.5", "--stop", "a", "--stop=b", "--seed",
                     "18446744073709551615", "--chat", "--system=be brief"});
  CHECK(a.prompt == "x=y");
  CHECK(a.sampler.topP == 0.5);
  CHECK(a.stops == std::vector<std::string>{"a", "b"});
  CHECK(a.sampler.seed == UINT64_MAX);
  CHECK(a.chat);
  CHECK(a.system == "be brief");
  CHECK(parse({"--prompt="}).prompt == "");
  CHECK(parse({"--token-ids", "1,2,30"}).tokenIds == std::vector<int32_t>{1, 2, 30});
  CHECK(parse({"--prompt", "--help"}).prompt == "--help");
}

TEST_CASE("bad values are refused with the flag, the value and the range") {
  auto with = [](const char *flag, const char *value) {
    return refusal({"--prompt", "x", flag, value});
  };
  CHECK(with("--top-p", "7") == "--top-p: 7 is not in (0, 1]");
  CHECK(with("--top-p", "0") == "--top-p: 0 is not in (0, 1]");
  CHECK(with("--top-p", "nan") == "--top-p: nan is not in (0, 1]");
  CHECK(with("--top-p", "0.5x") == "--top-p: 0.5x is not a number");
  CHECK(with("--min-p", "1") == "--min-p: 1 is not in [0, 1)");
  CHECK(with("--temperature", "-1") == "--temperature: -1 is not in [0, 100]");
  CHECK(with("--temperature", "inf") == "--temperature: inf is not in [0, 100]");
  CHECK(with("--repeat-penalty", "0") == "--repeat-penalty: 0 is not in (0, 100]");
  CHECK(with("--top-k", "-1") == "--top-k: -1 is not in [0, 9223372036854775807]");
  CHECK(with("--max-tokens", "9999999999999999999") ==
        "--max-tokens: 9999999999999999999 is not an integer");
  CHECK(with("--max-tokens", "") == "--max-tokens: \"\" is not an integer");
  CHECK(with("--threads", "0") == "--threads: 0 is not in [1, 1024]");
  CHECK(with("--seed", "-1") == "--seed: -1 is not a number from 0 to 2^64-1");
  CHECK(with("--stop", "") == "--stop: must not be empty");
  CHECK(refusal({"--token-ids", "1,,2"}) == "--token-ids: \"\" is not a token id");
  CHECK(refusal({"--token-ids", "1,x"}) == "--token-ids: x is not a token id");
  CHECK(refusal({"--token-ids", "3000000000"}) == "--token-ids: 3000000000 is not a token id");
}

TEST_CASE("what is no flag, or none that goes with the others, is refused") {
  CHECK(refusal({"--nonsense"}) == "--nonsense: unknown flag; --help lists them");
  CHECK(refusal({"hello"}) == "hello: unexpected argument; a prompt is given with --prompt");
  CHECK(refusal({"--prompt"}) == "--prompt: its value is missing");
  CHECK(refusal({"--chat=yes"}) == "--chat: takes no value");
  CHECK(refusal({}) == "a prompt is missing: give --prompt TEXT; --help lists other ways");
  CHECK(refusal({"--prompt", "a", "--token-ids", "1"}) ==
        "--prompt, --prompt-file and --token-ids: only one can be given");
  CHECK(refusal({"--prompt", "a", "--interactive"}) ==
        "a prompt cannot be given with --interactive, --perplexity or --check-weights");
  CHECK(refusal({"--prompt", "a", "--system", "b"}) == "--system: needs --chat");
  CHECK(refusal({"--prompt", "a", "--date", "2024-01-31"}) == "--date: needs --chat");
  CHECK(refusal({"--prompt", "a", "--chat-arg", "a=1"}) == "--chat-arg: needs --chat");
  for (const char *date : {"2024-02-30", "2024-13-01", "24-01-01", "2024-1-1", "0000-01-01", ""})
    CHECK(refusal({"--chat", "--prompt", "a", "--date", date}).starts_with("--date: "));
  CHECK(refusal({"--chat", "--prompt", "a", "--chat-arg", "a"}) ==
        "--chat-arg: a is not NAME=JSON, such as enable_thinking=false");
  CHECK(refusal({"--chat", "--prompt", "a", "--chat-arg", "a=x"}) ==
        "--chat-arg: a: not valid JSON at byte 1");
  CHECK(refusal({"--interactive", "--dump-logits", "f"}) == "--dump-logits: needs a prompt");
  CHECK(refusal({"--token-ids", "1", "--chat"}).starts_with("--chat: "));
  CHECK(refusal({"--help"}).empty());
}

TEST_CASE("the help fits a screen of 80 by 40") {
  std::istringstream text(helpText("a-model-name"));
  int rows = 0;
  for (std::string line; std::getline(text, line); ++rows)
    CHECK(line.size() < 80);
  CHECK(rows <= 40);
  CHECK(rows > 25);
}

TEST_CASE("docs/run.md knows every flag") {
  std::ifstream file(CRIA_SOURCE_DIR "/docs/run.md");
  std::string page((std::istreambuf_iterator<char>(file)), {});
  std::istringstream help(helpText("NAME"));
  int flags = 0;
  for (std::string line; std::getline(help, line);) {
    if (!line.starts_with("  --"))
      continue;
    std::string flag = line.substr(2, line.find("  ", 2) - 2);
    INFO(flag);
    CHECK(page.find("`" + flag + "`") != page.npos);
    ++flags;
  }
  CHECK(flags == 24);
}

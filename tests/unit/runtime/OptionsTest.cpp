#include "runtime/cli/Options.h"
#include "TestSupport.h"
#include <fstream>
#include <sstream>

using namespace cria::rt;

namespace {

Options parse(std::vector<const char *> arguments, const cria_model &model = fake::descriptor()) {
  return parseOptions(arguments, model);
}

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

TEST_CASE("short flags and a prompt without a flag are understood") {
  Options a = parse({"-n", "5", "Once upon", "-t=2", "--temp", "0.5", "-s", "3", "-c", "20"});
  CHECK(a.prompt == "Once upon");
  CHECK(a.maxTokens == 5);
  CHECK(a.threads == 2);
  CHECK(a.sampler.temperature == 0.5);
  CHECK(a.sampler.seed == 3);
  CHECK(a.context == 20);
  CHECK(parse({"-p", "-n"}).prompt == "-n");
  CHECK(parse({"--", "-n"}).prompt == "-n");
  CHECK(parse({""}).prompt == "");
  CHECK(parse({"-f", "x"}).promptFile == "x");
  CHECK(parse({"-i"}).interactive);
  CHECK(parse({"-h"}).help);
  CHECK(parse({"-v"}).version);
  CHECK(refusal({"-n", "x"}) == "--max-tokens: x is not an integer");
}

TEST_CASE("a value after = may be optional") {
  CHECK(parse({"--logprobs", "a"}).logProbs == 0);
  CHECK(parse({"--logprobs=3", "a"}).logProbs == 3);
  CHECK(!parse({"a"}).logProbs);
  CHECK(refusal({"a", "--logprobs=x"}) == "--logprobs: x is not an integer");
}

TEST_CASE("the model's defaults hold until a flag says otherwise") {
  static const char *const stops[] = {"END"};
  cria_generation generation = *fake::descriptor().generation;
  generation.temperature = 0.6;
  generation.top_k = 50;
  generation.top_p = 0.9;
  generation.repetition_penalty = 1.1;
  generation.max_length = 40;
  generation.stop_count = 1;
  generation.stops = stops;
  cria_model model = fake::descriptor();
  model.generation = &generation;
  Options a = parse({"a"}, model);
  CHECK(a.sampler.temperature == 0.6);
  CHECK(a.sampler.topK == 50);
  CHECK(a.sampler.topP == 0.9);
  CHECK(a.sampler.repeatPenalty == 1.1);
  CHECK(a.sampler.eos == std::vector<int32_t>{257});
  CHECK(a.maxLength == 40);
  CHECK(a.stops == std::vector<std::string>{"END"});
  Options b = parse({"a", "--greedy", "--top-k", "0", "-n", "7", "--stop", "x"}, model);
  CHECK(b.sampler.temperature == 0);
  CHECK(b.sampler.topK == 0);
  CHECK(b.sampler.topP == 0.9);
  CHECK(b.maxTokens == 7);
  CHECK(b.maxLength == 0);
  CHECK(b.stops == std::vector<std::string>{"x"});
  generation.max_new_tokens = 9;
  CHECK(parse({"a"}, model).maxTokens == 9);
  CHECK(parse({"a"}).maxTokens == 256);
  CHECK(helpText("x", model)
            .find("\nDefaults: --temperature 0.6 --top-k 50 --top-p 0.9 --repeat-penalty 1.1 "
                  "--max-tokens 9\n") != std::string::npos);
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
  CHECK(refusal({"Once", "upon"}) ==
        "upon: one prompt too many; a prompt of several words needs quotes");
  CHECK(refusal({"hello", "-p", "you"}) == "hello: one prompt too many; --prompt gives another");
  CHECK(refusal({"hello", "--token-ids", "1"}) ==
        "--prompt, --prompt-file and --token-ids: only one can be given");
  CHECK(refusal({"--logprobs"}) ==
        "a prompt is missing: give --prompt TEXT; --help lists other ways");
  CHECK(refusal({"a", "--logprobs", "--prompt-cache", "f"}) ==
        "--dump-logits, --embeddings, --logprobs and --prompt-cache: only one can be given");
  CHECK(refusal({"a", "-c", "63"}) ==
        "--context: 63 is more than the 62 that the model was compiled "
        "for (criac --max-seq)");
  CHECK(refusal({"--prompt"}) == "--prompt: its value is missing");
  CHECK(refusal({"--chat=yes"}) == "--chat: takes no value");
  CHECK(refusal({}) == "a prompt is missing: give --prompt TEXT; --help lists other ways");
  CHECK(refusal({"--prompt", "a", "--token-ids", "1"}) ==
        "--prompt, --prompt-file and --token-ids: only one can be given");
  CHECK(refusal({"--prompt", "a", "--interactive"}) ==
        "a prompt cannot be given with --interactive, --perplexity, --kl or --check-weights");
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

TEST_CASE("the help fits 80 columns") {
  std::istringstream text(helpText("a-model-name", fake::descriptor()));
  int rows = 0;
  for (std::string line; std::getline(text, line); ++rows)
    CHECK(line.size() < 80);
  CHECK(rows > 30);
}

TEST_CASE("docs/run.md knows every flag") {
  std::ifstream file(CRIA_SOURCE_DIR "/docs/run.md");
  std::string page((std::istreambuf_iterator<char>(file)), {});
  std::istringstream help(helpText("NAME", fake::descriptor()));
  int flags = 0;
  for (std::string line; std::getline(help, line);) {
    if (!line.starts_with("  --"))
      continue;
    std::string flag = line.substr(2, line.find("  ", 2) - 2);
    if (size_t alias = flag.find(", "); alias != flag.npos) {
      size_t end = std::min(flag.find(' ', alias + 2), flag.size());
      std::string name = flag.substr(alias + 2, end - alias - 2);
      INFO(name);
      CHECK(page.find("`" + name + "`") != page.npos);
      flag.erase(alias, end - alias);
    }
    INFO(flag);
    CHECK(page.find("`" + flag + "`") != page.npos);
    ++flags;
  }
  CHECK(flags > 30);
}

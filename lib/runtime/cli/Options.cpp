#include "runtime/cli/Options.h"
#include "runtime/Fail.h"
#include "runtime/chat/FromJson.h"
#include "runtime/cli/OptionsCheck.h"
#include "runtime/device/DeviceFlag.h"
#include <charconv>
#include <chrono>
#include <limits>

namespace cria::rt {
namespace {

std::vector<int32_t> parseIds(const FlagValue &value) {
  const std::string &text = value.text;
  std::vector<int32_t> ids;
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find(',', begin), text.size());
    FlagValue item{value.flag, text.substr(begin, end - begin)};
    ids.push_back(item.parse<int32_t>("a token id"));
    begin = end + 1;
  }
  return ids;
}

chat::Clock parseDate(const FlagValue &value) {
  const std::string &text = value.text;
  bool read = text.size() == 10;
  for (size_t i = 0; read && i < text.size(); ++i)
    read = i == 4 || i == 7 ? text[i] == '-' : text[i] >= '0' && text[i] <= '9';
  auto number = [&](size_t begin, size_t size) {
    int digits = 0;
    if (read)
      std::from_chars(text.data() + begin, text.data() + begin + size, digits);
    return digits;
  };
  int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  std::chrono::year_month_day date{std::chrono::year(year),
                                   std::chrono::month(static_cast<unsigned>(month)),
                                   std::chrono::day(static_cast<unsigned>(day))};
  if (!read || year < 1 || !date.ok())
    value.refuse(shown(text) + " is not a date such as 2024-07-26");
  return chat::Clock::at(year, month, day);
}

std::pair<std::string, std::string> parseChatValue(const FlagValue &value) {
  size_t equals = value.text.find('=');
  if (equals == 0 || equals == value.text.npos)
    value.refuse(shown(value.text) + " is not NAME=JSON, such as enable_thinking=false");
  std::string name = value.text.substr(0, equals), json = value.text.substr(equals + 1);
  try {
    chat::fromJson(json, shown(name));
  } catch (const Error &error) {
    value.refuse(error.what());
  }
  return {name, json};
}

using O = Options;
using V = FlagValue;

/// Of --stats=KIND.
constexpr std::pair<std::string_view, bool> statsKinds[] = {{"kernels", true}};

constexpr Flag<Options> flags[] = {
    {"--prompt", "TEXT", "text to continue", [](O &o, const V &v) { o.prompt = v.text; }, "-p"},
    {"--prompt-file", "FILE", "the same from a file; - is standard input",
     [](O &o, const V &v) { o.promptFile = v.notEmpty(); }, "-f"},
    {"--token-ids", "1,2,3", "token ids to continue, used as they are",
     [](O &o, const V &v) { o.tokenIds = parseIds(v); }},
    {"--chat", "", "the prompt is a user's message (chat template)",
     [](O &o, const V &) { o.chat = true; }},
    {"--system", "TEXT", "system message of the chat", [](O &o, const V &v) { o.system = v.text; }},
    {"--date", "YYYY-MM-DD", "the day that a chat takes for today",
     [](O &o, const V &v) { o.chatSettings.date = parseDate(v); }},
    {"--chat-arg", "NAME=JSON", "a variable of the chat template; may be repeated",
     [](O &o, const V &v) { o.chatSettings.values.push_back(parseChatValue(v)); }},
    {"--interactive", "", "prompts, or messages of one chat, by line",
     [](O &o, const V &) { o.interactive = true; }, "-i"},
    {"--max-tokens", "N", "most tokens to generate",
     [](O &o, const V &v) {
       o.maxTokens = v.integer(0);
       o.maxLength = 0;
     },
     "-n"},
    {"--stop", "TEXT", "end before this text; may be repeated",
     [](O &o, const V &v) { o.stops.push_back(v.notEmpty()); }},
    {"--ignore-eos", "", "continue after the end-of-text token",
     [](O &o, const V &) { o.ignoreEos = true; }},
    {"--print-token-ids", "", "print ids, comma-separated, instead of text",
     [](O &o, const V &) { o.printTokenIds = true; }},
    {"--temperature", "T", "0: always the likeliest token",
     [](O &o, const V &v) { o.sampler.temperature = v.number('[', 0, 100, ']'); }, "--temp"},
    {"--greedy", "", "the same as --temperature 0",
     [](O &o, const V &) { o.sampler.temperature = 0; }},
    {"--top-k", "K", "draw from the K likeliest tokens; 0: all",
     [](O &o, const V &v) { o.sampler.topK = v.integer(0); }},
    {"--top-p", "P", "draw from the likeliest that add up to P",
     [](O &o, const V &v) { o.sampler.topP = v.number('(', 0, 1, ']'); }},
    {"--min-p", "P", "only tokens P times as likely as the likeliest",
     [](O &o, const V &v) { o.sampler.minP = v.number('[', 0, 1, ')'); }},
    {"--typical-p", "P", "draw from the most typical that add up to P",
     [](O &o, const V &v) { o.sampler.typicalP = v.number('(', 0, 1, ']'); }},
    {"--epsilon-cutoff", "P", "only tokens with a probability of P or more",
     [](O &o, const V &v) { o.sampler.epsilonCutoff = v.number('[', 0, 1, ')'); }},
    {"--eta-cutoff", "P", "the same, less strict where many are likely",
     [](O &o, const V &v) { o.sampler.etaCutoff = v.number('[', 0, 1, ')'); }},
    {"--repeat-penalty", "R", "weaken tokens that came before by R",
     [](O &o, const V &v) { o.sampler.repeatPenalty = v.number('(', 0, 100, ']'); }},
    {"--repeat-window", "N", "only among the last N tokens; 0: all",
     [](O &o, const V &v) { o.sampler.repeatWindow = v.integer(0); }, "--repeat-last-n"},
    {"--no-repeat-ngram", "N", "never the same N tokens in a row twice",
     [](O &o, const V &v) { o.sampler.noRepeatNgram = v.integer(0); }},
    {"--min-tokens", "N", "no end of the text before N tokens",
     [](O &o, const V &v) {
       o.sampler.minTokens = v.integer(0);
       o.sampler.minLength = 0;
     }},
    {"--seed", "N", "seed of the draws (0)",
     [](O &o, const V &v) { o.sampler.seed = v.parse<uint64_t>("a number from 0 to 2^64-1"); },
     "-s"},
    {"--weights", "PATH", "folder or file with the weights",
     [](O &o, const V &v) { o.weights = v.notEmpty(); }},
    {"--threads", "N", "threads of compiled code",
     [](O &o, const V &v) { o.threads = static_cast<int>(v.integer(1, 1024)); }, "-t"},
    {"--variant", "CPU", "code made for this CPU, not the best that runs here",
     [](O &o, const V &v) { o.variant = v.notEmpty(); }},
    {"--device", "NAME", "what runs the model: cpu, cuda, cuda:N, hip, hip:N",
     [](O &o, const V &v) { o.device = parseDevice(v); }},
    {"--list-devices", "", "list the devices that can, then stop",
     [](O &o, const V &) { o.listDevices = true; }},
    {"--context", "N", "most tokens, prompt included",
     [](O &o, const V &v) { o.context = v.integer(1); }, "-c"},
    {"--prompt-cache", "FILE", "keep the state after the prompt for next time",
     [](O &o, const V &v) { o.promptCache = v.notEmpty(); }},
    {"--stats", "[=kernels]", "speed and memory, and by kernel, to stderr",
     [](O &o, const V &v) {
       o.stats = true;
       o.kernelStats = !v.text.empty() && v.choose<bool>(statsKinds);
     }},
    {"--dump-logits", "FILE", "logits of each prompt token as .npy, f32",
     [](O &o, const V &v) { o.dumpLogits = v.notEmpty(); }},
    {"--decode-from", "N", "read the prompt token by token from its N-th on",
     [](O &o, const V &v) { o.decodeFrom = v.integer(0); }},
    {"--embeddings", "FILE", "last hidden states as .npy, then stop",
     [](O &o, const V &v) { o.embeddings = v.notEmpty(); }},
    {"--logprobs", "[=K]", "log-probabilities of the prompt, then stop",
     [](O &o, const V &v) { o.logProbs = v.text.empty() ? 0 : v.integer(0, 1000); }},
    {"--perplexity", "FILE", "perplexity of a text, then stop",
     [](O &o, const V &v) { o.perplexity = v.notEmpty(); }},
    {"--kl-base", "FILE", "write all predictions of --perplexity, for --kl",
     [](O &o, const V &v) { o.klBase = v.notEmpty(); }},
    {"--kl", "FILE", "KL divergence from the model of FILE, then stop",
     [](O &o, const V &v) { o.kl = v.notEmpty(); }},
    {"--check-weights", "", "look for NaN and Inf in the weights, then stop",
     [](O &o, const V &) { o.checkWeights = true; }},
    {"--version", "", "print the version and stop", [](O &o, const V &) { o.version = true; },
     "-v"},
    {"--help", "", "print this and stop", [](O &o, const V &) { o.help = true; }, "-h"},
};

Options defaults(const cria_model &model) {
  const cria_generation &generation = *model.generation;
  Options options;
  options.sampler = samplerDefaults(model);
  if (generation.max_new_tokens) {
    options.maxTokens = generation.max_new_tokens;
  } else if (generation.max_length) {
    options.maxTokens = std::numeric_limits<int64_t>::max();
    options.maxLength = generation.max_length;
  }
  return options;
}

/// A prompt may be given without its flag.
void takePrompt(Options &options, const std::vector<std::string> &others) {
  if (others.empty())
    return;
  if (others.size() > 1)
    refuse("{}: one prompt too many; a prompt of several words needs quotes", shown(others[1]));
  if (options.prompt)
    refuse("{}: one prompt too many; --prompt gives another", shown(others[0]));
  options.prompt = others[0];
}

} // namespace

Options parseOptions(std::span<const char *const> arguments, const cria_model &model) {
  Options options = defaults(model);
  takePrompt(options, parseFlags<Options>(flags, arguments, options));
  if (options.stops.empty())
    options.stops.assign(model.generation->stops,
                         model.generation->stops + model.generation->stop_count);
  if (options.context > model.max_seq)
    refuse("--context: {} is more than the {} that the model was compiled for (criac --max-seq)",
           options.context, model.max_seq);
  checkOptions(options, model);
  return options;
}

/// "--top-k 50 --top-p 0.9": what the program does if no flag says otherwise.
static std::string shownDefaults(const Options &options) {
  const SamplerOptions &sampler = options.sampler;
  std::string text = fmt::format("--temperature {} --top-k {}", sampler.temperature, sampler.topK);
  auto add = [&](const char *flag, double value, double off) {
    if (value != off)
      text += fmt::format(" {} {}", flag, value);
  };
  add("--top-p", sampler.topP, 1);
  add("--min-p", sampler.minP, 0);
  add("--typical-p", sampler.typicalP, 1);
  add("--epsilon-cutoff", sampler.epsilonCutoff, 0);
  add("--eta-cutoff", sampler.etaCutoff, 0);
  add("--repeat-penalty", sampler.repeatPenalty, 1);
  if (sampler.noRepeatNgram)
    text += fmt::format(" --no-repeat-ngram {}", sampler.noRepeatNgram);
  return options.maxLength ? text + fmt::format(", {} tokens with the prompt", options.maxLength)
                           : text + fmt::format(" --max-tokens {}", options.maxTokens);
}

std::string helpText(const std::string &program, const cria_model &model) {
  std::string text = fmt::format("usage: {} [--prompt] TEXT [flags]\n"
                                 "Continues a text with the compiled model. Flags:\n",
                                 program);
  text += flagHelp<Options>(flags);
  text += "Defaults: " + shownDefaults(defaults(model)) + "\n";
  text += fmt::format("Examples:\n"
                      "  {0} \"Once upon a time\" -n 100\n"
                      "  {0} --chat --interactive --temperature 0.7 --top-p 0.9\n"
                      "  {0} --prompt-file - --stats < story.txt\n"
                      "  {0} --token-ids 1,2,3 --max-tokens 0 --dump-logits out.npy\n",
                      program);
  return text;
}

} // namespace cria::rt

//===- OptionsCheck.cpp - Flags that do not go together -------------------===//
#include "runtime/cli/OptionsCheck.h"
#include "runtime/Variants.h"
#include <algorithm>

namespace cria::rt {
namespace {

void checkVariant(const std::string &name, const cria_model &model) {
  std::vector<std::string> all;
  for (const cria_code &code : variants(model))
    all.emplace_back(code.cpu);
  if (!name.empty() && std::find(all.begin(), all.end(), name) == all.end())
    FlagValue{"--variant", name}.refuseChoice(all);
}

/// Flags that make no sense together, or not alone.
void checkCombination(const Options &o) {
  int prompts = o.prompt.has_value() + o.promptFile.has_value() + o.tokenIds.has_value();
  bool other = o.interactive || o.checkWeights || !o.perplexity.empty() || !o.kl.empty();
  if (prompts > 1)
    refuse("--prompt, --prompt-file and --token-ids: only one can be given");
  if (prompts == 1 && other)
    refuse("a prompt cannot be given with --interactive, --perplexity, --kl or --check-weights");
  if (prompts == 0 && !other)
    refuse("a prompt is missing: give --prompt TEXT; --help lists other ways");
  if (!o.kl.empty() && !o.perplexity.empty())
    refuse("--kl: its file has the text; --perplexity cannot be given");
  if (!o.klBase.empty() && o.perplexity.empty())
    refuse("--kl-base: needs --perplexity");
  if (o.chat && o.tokenIds)
    refuse("--chat: --token-ids are taken as they are, without a chat format");
  for (auto [flag, given] : {std::pair{"--system", o.system.has_value()},
                             {"--date", o.chatSettings.date.has_value()},
                             {"--chat-arg", !o.chatSettings.values.empty()}})
    if (given && !o.chat)
      refuse("{}: needs --chat", flag);
  if (o.decodeFrom && prompts == 0)
    refuse("--decode-from: needs a prompt");
  int wanted = 0;
  for (auto [flag, given] : {std::pair{"--dump-logits", !o.dumpLogits.empty()},
                             {"--embeddings", !o.embeddings.empty()},
                             {"--logprobs", o.logProbs.has_value()},
                             {"--prompt-cache", !o.promptCache.empty()}}) {
    if (given && prompts == 0)
      refuse("{}: needs a prompt", flag);
    wanted += given;
  }
  if (!o.variant.empty() && o.device.kind != DeviceChoice::best)
    refuse("--device: --variant names the code, and so the device; only one can be given");
  if (wanted > 1)
    refuse("--dump-logits, --embeddings, --logprobs and --prompt-cache: only one can be given");
}

} // namespace

void checkOptions(const Options &options, const cria_model &model) {
  checkVariant(options.variant, model);
  if (!options.help && !options.version && !options.listDevices)
    checkCombination(options);
}

} // namespace cria::rt

// What may be drawn, against transformers' logits processors: tests/goldens/generation.
#include "TestSupport.h"
#include "runtime/Sampler.h"
#include <fstream>
#include <nlohmann/json.hpp>

using namespace cria::rt;
using nlohmann::json;

namespace {

/// The model whose defaults `settings` are; it points into the members.
struct Defaults {
  std::vector<int32_t> eos = {2, 5}, banned, beginSuppress;
  cria_generation generation = *fake::descriptor().generation;
  cria_model model = fake::descriptor();

  explicit Defaults(const json &settings) {
    auto set = [&](auto &field, const char *name) {
      if constexpr (std::is_arithmetic_v<std::remove_reference_t<decltype(field)>>)
        if (settings.contains(name))
          settings[name].get_to(field);
    };
#define CRIA_FIELD(type, field, meaning) set(generation.field, #field);
    CRIA_GENERATION_FIELDS(CRIA_FIELD)
#undef CRIA_FIELD
    for (int32_t token : settings.value("suppress_tokens", std::vector<int32_t>()))
      banned.insert(banned.end(), {token, -1});
    for (const json &word : settings.value("bad_words_ids", json::array()))
      if (word != json{2}) { // the end of a text
        for (const json &token : word)
          banned.push_back(token);
        banned.push_back(-1);
      }
    beginSuppress = settings.value("begin_suppress_tokens", beginSuppress);
    generation.banned = banned.data();
    generation.banned_count = std::ssize(banned);
    generation.begin_suppress = beginSuppress.data();
    generation.begin_suppress_count = std::ssize(beginSuppress);
    model.generation = &generation;
    model.eos = eos.data();
    model.eos_count = std::ssize(eos);
  }
};

} // namespace

TEST_CASE("the tokens that may be drawn are those of transformers, as likely") {
  std::ifstream file(CRIA_SOURCE_DIR "/tests/goldens/generation/draws.json");
  json cases = json::parse(file);
  REQUIRE(cases.size() > 20);
  for (const json &golden : cases) {
    INFO(golden["settings"].dump());
    Defaults defaults(golden["settings"]);
    auto logits = golden["logits"].get<std::vector<float>>();
    Sampler sampler(samplerDefaults(defaults.model), std::ssize(logits));
    sampler.prompt(golden["prompt"].get<std::vector<int32_t>>());
    for (int32_t token : golden["answer"])
      sampler.accept(token);
    Candidates found = sampler.candidates(logits);
    double total = totalWeight(found);
    CHECK(found.size() == golden["probabilities"].size());
    for (const Candidate &candidate : found) {
      std::string token = std::to_string(candidate.token);
      INFO("token " << token);
      REQUIRE(golden["probabilities"].contains(token));
      CHECK(candidate.weight / total ==
            Approx(golden["probabilities"][token].get<double>()).epsilon(1e-5).margin(2e-9));
    }
  }
}

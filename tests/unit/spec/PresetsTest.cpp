#include "spec/Presets.h"
#include "TestSupport.h"
#include "cria/spec/presets/llama3.hpp"
#include "cria/spec/presets/stories.hpp"
#include "import/Model.h"
#include "spec/Check.h"

using namespace cria::spec;

TEST_CASE("presets are the graphs of the published configs") {
  for (const std::string &name : presetNames()) {
    INFO(name);
    std::filesystem::path config = CRIA_SOURCE_DIR "/tests/unit/spec/configs/" + name + ".json";
    if (name == "stories")
      config = CRIA_SOURCE_DIR "/models/stories/config.json";
    Model imported = cria::import::importConfig(config).model;
    Model made = *preset(name);
    imported.name = made.name;
    CHECK(made == imported);
  }
  CHECK(presetNames().size() == 8);
}

TEST_CASE("presets have the published numbers of parameters as graphs too") {
  auto count = [](const char *name) { return parameters(measure(*preset(name))); };
  CHECK(count("llama3-8b") == 8'030'261'248);
  CHECK(count("llama3-70b") == 70'553'706'496);
  CHECK(count("llama3.1-8b") == 8'030'261'248);
  CHECK(count("llama3.1-70b") == 70'553'706'496);
  CHECK(count("llama3.1-405b") == 405'853'388'800);
  CHECK(count("llama3.2-1b") == 1'235'814'400);
  CHECK(count("llama3.2-3b") == 3'212'749'824);
  CHECK(count("stories") == 1'049'728);
}

TEST_CASE("unknown presets give nothing") {
  CHECK(!preset("llama4"));
  CHECK(!preset(""));
}

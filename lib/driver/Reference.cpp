//===- Reference.cpp - What the model of a command line must answer -------===//
#include "driver/Reference.h"
#include "import/gguf/GgufModel.h"
#include "support/Error.h"
#include "verify/Config.h"
#include "verify/FromSpec.h"
#include "verify/Gguf.h"
#include "verify/Random.h"

namespace cria::driver {
namespace {

namespace fs = std::filesystem;

/// `name` with "{}" for the number of its layer, as `Source::dtypes` has it, and that number.
std::pair<std::string, std::int64_t> pattern(const std::string &name) {
  for (std::size_t dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
    std::size_t end = name.find_first_not_of("0123456789", dot + 1);
    if (end != name.npos && end > dot + 1 && name[end] == '.')
      return {name.substr(0, dot + 1) + "{}" + name.substr(end),
              std::stoll(name.substr(dot + 1, end - dot - 1))};
  }
  return {name, 0};
}

struct Model {
  verify::Architecture architecture;
  std::unique_ptr<verify::Weights> weights;
};

/// How random weights are stored is for the compiler to choose: no file says it.
std::unique_ptr<verify::Weights> randomWeights(std::int64_t seed, const Source &source) {
  auto storage = [&source](const std::string &name, std::size_t rank) -> const storage::Storage & {
    auto [inModel, layer] = pattern(name);
    return source.storageOf(inModel, rank, layer);
  };
  return std::make_unique<verify::RandomWeights>(std::uint64_t(seed), storage);
}

Model fromFolder(const Options &options, const Source &source) {
  fs::path folder = options.model;
  verify::Config config = verify::readConfig(folder / "config.json");
  Model model;
  if (!options.randomSeed || !source.weightFiles.empty()) {
    auto files = std::make_unique<verify::Files>(folder / config.weights);
    verify::chooseEnds(config, *files);
    model.weights = std::move(files);
  }
  if (options.randomSeed)
    model.weights = randomWeights(*options.randomSeed, source);
  model.architecture = std::move(config.architecture);
  return model;
}

Model fromGguf(const Options &options, const Source &source) {
  auto file = std::make_unique<verify::Gguf>(options.model);
  verify::Architecture architecture = file->architecture();
  if (options.randomSeed)
    return {std::move(architecture), randomWeights(*options.randomSeed, source)};
  return {std::move(architecture), std::move(file)};
}

Model open(const Options &options, const Source &source) {
  std::error_code ignored;
  if (fs::is_directory(options.model, ignored))
    return fromFolder(options, source);
  if (import::isGgufFile(options.model))
    return fromGguf(options, source);
  if (!options.randomSeed)
    throw Error("--verify: " + options.model + " has no weights to run with; " +
                "--random-weights=1 makes some");
  return {verify::fromSpec(source.model), randomWeights(*options.randomSeed, source)};
}

} // namespace

verify::Expected expectedAnswers(const Options &options, const Source &source, double budget,
                                 const verify::Progress &progress) {
  Model model = open(options, source);
  verify::Conditions conditions{source.plan.max_seq, source.plan.chunk,
                                verify::cacheOf(*source.plan.cache), source.plan.products == "fast",
                                budget};
  return verify::expect(model.architecture, *model.weights, conditions, progress);
}

} // namespace cria::driver

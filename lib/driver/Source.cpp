//===- Source.cpp - The model that a command line names -------------------===//
#include "driver/Source.h"
#include "driver/Install.h"
#include "driver/Target.h"
#include "import/ChatTemplate.h"
#include "import/Model.h"
#include "import/ModelPath.h"
#include "import/gguf/GgufModel.h"
#include "spec/Check.h"
#include "spec/Presets.h"
#include "spec/SpecSource.h"
#include "support/FilesRead.h"
#include "support/Flags.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {
namespace {

Source fromImported(const Options &options, import::Imported imported) {
  bool random = options.randomSeed.has_value();
  if (options.plan.weights && !random)
    throw Error("--dtype: the storage of weights that are read is that of their files; "
                "it goes with --random-weights");
  for (const std::string &note : imported.notes)
    llvm::errs() << "warning: " << note << "\n";
  Source source;
  source.model = std::move(imported.model);
  source.dtypes = std::move(imported.dtypes);
  source.bos = imported.bos;
  source.eos = std::move(imported.eos);
  source.tokenizer = std::move(imported.tokenizer);
  source.chat = std::move(imported.chat);
  source.weightFiles = std::move(imported.weightFiles);
  source.generation = std::move(imported.generation);
  if (!random) {
    source.folder = std::move(imported.source);
    source.names = std::move(imported.names);
    source.packed = std::move(imported.packed);
  }
  return source;
}

Source fromFolder(const Options &options) {
  FilesRead::note(options.model); // a file may come that is looked for and not there now
  Source source =
      fromImported(options, import::importFolder(options.model,
                                                 {.weightsOptional = options.randomSeed.has_value(),
                                                  .tokenizer = !options.noTokenizer}));
  if (!source.tokenizer.empty() && !options.noChatTemplate)
    source.chat = import::readChat(options.model, options.chatTemplate);
  return source;
}

Source fromGguf(const Options &options) {
  return fromImported(
      options, import::importGguf(options.model, {!options.noTokenizer, !options.noChatTemplate,
                                                  options.chatTemplate}));
}

Source fromSpec(spec::Spec spec) {
  Source source;
  source.model = std::move(spec.model);
  source.plan = std::move(spec.plan);
  return source;
}

Source find(const Options &options) {
  std::error_code error;
  if (std::filesystem::is_directory(options.model, error))
    return fromFolder(options);
  if (import::isGgufFile(options.model))
    return fromGguf(options);
  if (spec::isSpecSource(options.model))
    return fromSpec(spec::loadSpecSource(options.model, includeFolder()));
  if (auto model = spec::preset(options.model))
    return fromSpec({*model, {}});
  if (std::string why = import::explainModelPath(options.model); !why.empty())
    throw Error(options.model + ": " + why);
  throw Error(options.model + ": no such folder, spec (.cpp) or preset" +
              suggest(options.model, spec::presetNames()));
}

/// Rows must consist of whole blocks.
void checkStorage(const Source &source) {
  source.forEachTensor([](const spec::Param &param, const storage::Storage &storage) {
    if (param.shape.back() % storage.elements)
      throw Error("--dtype: " + std::string(storage.word) + ": blocks of " +
                  std::to_string(storage.elements) + " elements do not fit rows of " +
                  std::to_string(param.shape.back()) + ", those of " + param.name);
  });
}

} // namespace

const storage::Storage &Source::storageOf(const std::string &name, std::size_t rank,
                                          std::int64_t layer) const {
  return storage::storageOf(std::int64_t(spec::storage_of(model, dtypes, name, rank, layer)));
}

void Source::forEachTensor(
    llvm::function_ref<void(const spec::Param &, const storage::Storage &)> visit) const {
  for (const spec::Param &param : spec::parameters(model))
    for (std::int64_t layer = 0; layer < param.count; ++layer)
      visit(param, storageOf(param.name, param.shape.size(), layer));
}

const storage::Storage &Source::mainStorage() const {
  std::map<std::int64_t, double> elements; // of each storage
  forEachTensor([&](const spec::Param &param, const storage::Storage &storage) {
    double count = 1;
    for (std::int64_t size : param.shape)
      count *= double(size);
    elements[storage.id] += count;
  });
  auto fewer = [](const auto &one, const auto &other) { return one.second < other.second; };
  return storage::storageOf(std::ranges::max_element(elements, fewer)->first);
}

Source loadSource(const Options &options) {
  Source source = find(options);
  source.plan = choosePlan(options.plan, source.plan, source.model, options.model);
  if (source.plan.weights) {
    source.model.dtype = *source.plan.weights;
    source.dtypes.clear();
  }
  checkStorage(source);
  if (!options.chatTemplate.empty() && source.chat.empty())
    throw Error("--chat-template: " + options.model + " has no tokenizer to chat with");
  if (options.embedWeights && source.weightFiles.empty())
    throw Error("--embed-weights: " + options.model + " has no weights");
  return source;
}

spec::Spec loadSpec(const Options &options) {
  Source source = find(options);
  spec::Plan flags = choosePlan(options.plan, {}, source.model, options.model);
  makeTargets(flags.target, flags.cpu); // refuses what is none
  spec::Spec spec{std::move(source.model), mergePlans(options.plan, source.plan)};
  spec::check(spec, options.model);
  return spec;
}

} // namespace cria::driver

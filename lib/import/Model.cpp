//===- Model.cpp - A model from a Hugging Face folder ---------------------===//
#include "import/Model.h"
#include "cria/spec/params.hpp"
#include "import/Graph.h"
#include "import/Tensors.h"
#include "import/quantized/Scheme.h"
#include "import/tokenizer/TokenizerFolder.h"
#include "runtime/Checkpoint.h"
#include "runtime/Fail.h"
#include "runtime/FolderContent.h"

namespace cria::import {

namespace fs = std::filesystem;
using rt::fail;

namespace {

bool present(const fs::path &path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

fs::path weightsPath(const fs::path &folder, const Config &config) {
  return config.weightsFile.empty() ? folder : folder / config.weightsFile;
}

bool hasWeights(const fs::path &folder, const Config &config) {
  if (!config.weightsFile.empty())
    return present(folder / config.weightsFile);
  return present(folder / "model.safetensors") || present(folder / "model.safetensors.index.json");
}

/// A refusal of the tokenizer does not make the model useless, and says so.
void readTokenizerOf(const fs::path &folder, std::int64_t vocab, Imported &imported) try {
  TokenizerFile read = findTokenizer(folder, vocab);
  imported.tokenizer = std::move(read.blob);
  imported.notes.insert(imported.notes.end(), read.warnings.begin(), read.warnings.end());
} catch (const Error &error) {
  fail("{} (--no-tokenizer compiles the model for token ids alone)", error.what());
}

/// The model of `config`, without weights.
Imported withoutWeights(const fs::path &file, const Config &config, bool withTokenizer) {
  fs::path folder = fs::absolute(file).lexically_normal().parent_path();
  Imported imported;
  imported.model = graph(config, chooseEnds(config), modelName(folder.filename().native()));
  for (const spec::Param &param : spec::parameters(imported.model))
    imported.dtypes[param.name] = {config.dtype};
  imported.bos = config.bos;
  imported.eos = config.eos;
  imported.notes = config.notes;
  imported.generation = readGeneration(file, imported.eos, imported.notes);
  imported.source = weightsPath(folder, config).native();
  if (withTokenizer)
    readTokenizerOf(file.parent_path(), config.vocab, imported);
  return imported;
}

/// Null where all tensors are plain.
std::shared_ptr<const Scheme> readScheme(const fs::path &folder, const Config &config,
                                         const rt::Checkpoint &checkpoint, bool allowed,
                                         Imported &imported) {
  if (config.quantization.is_null())
    return nullptr;
  Fields fields(config.quantization, (folder / "config.json").native(), "quantization_config");
  std::string method = fields.text("quant_method", "unknown");
  if (findQuantized({imported.model, {}, {}}, checkpoint).empty()) {
    imported.notes.push_back(
        fmt::format("{}: quantization_config ({}) does not count: all weights are plain",
                    checkpoint.name(), rt::printable(method)));
    return nullptr;
  }
  auto scheme = std::make_shared<const Scheme>(fields);
  if (!allowed)
    fields.refuse("quant_method", nlohmann::json(method),
                  fmt::format("is rewritten before it is compiled: criac {} --quantize={} -o "
                              "FILE.gguf",
                              rt::printable(folder.native()), scheme->nearest()));
  return scheme;
}

void readWeights(const fs::path &folder, const Config &config, bool quantized, Imported &imported) {
  rt::Checkpoint checkpoint = rt::Checkpoint::open(weightsPath(folder, config));
  imported.model =
      graph(config, chooseEnds(config, checkpoint, imported.notes), imported.model.name);
  imported.scheme = readScheme(folder, config, checkpoint, quantized, imported);
  chooseStorage({}, "config.json", checkpoint, imported);
  imported.weightFiles = checkpoint.files();
}

/// transformers applies an adapter that lies beside a model.
void refuseAdapter(const fs::path &folder) {
  if (present(folder / "adapter_config.json"))
    fail("{}: adapter_config.json is an adapter (LoRA), which criac does not apply; merge it into "
         "its base model",
         folder.native());
}

} // namespace

Imported importConfig(const fs::path &file, bool withTokenizer) {
  return withoutWeights(file, readConfig(file), withTokenizer);
}

Imported importFolder(const fs::path &folder, FolderParts parts) {
  refuseAdapter(folder);
  fs::path file = folder / "config.json";
  if (!present(file))
    fail("{}: no config.json{}", folder.native(), rt::describeFolder(folder));
  Config config = readConfig(file);
  Imported imported = withoutWeights(file, config, parts.tokenizer);
  if (!parts.weightsOptional || hasWeights(folder, config))
    readWeights(folder, config, parts.quantized, imported);
  return imported;
}

} // namespace cria::import

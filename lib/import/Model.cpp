#include "import/Model.h"
#include "cria/spec/params.hpp"
#include "import/Config.h"
#include "import/tokenizer/TokenizerFolder.h"
#include "runtime/Checkpoint.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::import {

namespace fs = std::filesystem;
using rt::fail;
using rt::printable;

namespace {

bool present(const fs::path &path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// The name of `folder` as a part of symbols.
std::string modelName(const fs::path &folder) {
  std::string name = folder.filename().native();
  for (char &c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)))
      c = '_';
  return name.empty() ? "model" : name;
}

spec::Model graph(const Config &config, std::string name) {
  spec::Repeat layers{
      config.layers,
      {spec::Residual{{spec::RmsNorm{config.eps, "model.layers.{}.input_layernorm"},
                       spec::Attention{config.heads, config.kvHeads, config.headDim, config.rope,
                                       config.attentionBias, "model.layers.{}.self_attn"}}},
       spec::Residual{{spec::RmsNorm{config.eps, "model.layers.{}.post_attention_layernorm"},
                       spec::SwiGlu{config.ffn, config.mlpBias, "model.layers.{}.mlp"}}}}};
  return {
      std::move(name),
      {spec::Embed{config.vocab, config.hidden, "model.embed_tokens"}, std::move(layers),
       spec::RmsNorm{config.eps, "model.norm"},
       spec::Unembed{config.vocab, config.tied, config.tied ? "model.embed_tokens" : "lm_head"}},
      config.maxContext,
      config.dtype};
}

std::string tensorName(const spec::Param &param, std::int64_t i) {
  std::string name = param.name;
  if (size_t at = name.find("{}"); at != name.npos)
    name.replace(at, 2, std::to_string(i));
  return name;
}

/// The dtype of a tensor that must be in the checkpoint with the shape of `param`.
spec::DType requireTensor(const rt::Checkpoint &checkpoint, const spec::Param &param,
                          const std::string &name) {
  const rt::Tensor *tensor = checkpoint.find(name);
  if (!tensor)
    fail("{}: tensor {} is missing", checkpoint.name(), name);
  if (tensor->shape != param.shape)
    fail("{}: tensor {}: shape: [{}] is not the [{}] of config.json", checkpoint.name(), name,
         fmt::join(tensor->shape, ", "), fmt::join(param.shape, ", "));
  if (tensor->dtype == "F32")
    return spec::DType::f32;
  if (tensor->dtype == "F16")
    return spec::DType::f16;
  if (tensor->dtype == "BF16")
    return spec::DType::bf16;
  fail("{}: tensor {}: dtype: {} is not supported (F32, F16, BF16)", checkpoint.name(), name,
       printable(tensor->dtype));
}

spec::DType requireParam(const rt::Checkpoint &checkpoint, const spec::Param &param) {
  std::string first = tensorName(param, 0);
  spec::DType dtype = requireTensor(checkpoint, param, first);
  for (std::int64_t i = 1; i < param.count; ++i) {
    std::string name = tensorName(param, i);
    if (requireTensor(checkpoint, param, name) != dtype)
      fail("{}: tensors {} and {}: dtypes: {} and {} must be the same in all layers",
           checkpoint.name(), first, name, checkpoint.find(first)->dtype,
           checkpoint.find(name)->dtype);
  }
  return dtype;
}

void readCheckpoint(const fs::path &folder, Imported &imported) {
  rt::Checkpoint checkpoint = rt::Checkpoint::open(folder);
  for (const spec::Param &param : spec::parameters(imported.model))
    imported.dtypes[param.name] = requireParam(checkpoint, param);
  imported.weightFiles = checkpoint.files();
}

/// A refusal of the tokenizer does not make the model useless, and says so.
void readTokenizerOf(const fs::path &folder, std::int64_t vocab, Imported &imported) try {
  TokenizerFile read = findTokenizer(folder, vocab);
  imported.tokenizer = std::move(read.blob);
  imported.notes.insert(imported.notes.end(), read.warnings.begin(), read.warnings.end());
} catch (const Error &error) {
  fail("{} (--no-tokenizer compiles the model for token ids alone)", error.what());
}

} // namespace

Imported importConfig(const fs::path &file, bool withTokenizer) {
  Config config = readConfig(file);
  fs::path folder = fs::absolute(file).lexically_normal().parent_path();
  Imported imported;
  imported.model = graph(config, modelName(folder));
  for (const spec::Param &param : spec::parameters(imported.model))
    imported.dtypes[param.name] = config.dtype;
  imported.bos = config.bos;
  imported.eos = std::move(config.eos);
  imported.generation = readGeneration(file, imported.eos, imported.notes);
  imported.source = folder.native();
  if (withTokenizer)
    readTokenizerOf(file.parent_path(), config.vocab, imported);
  return imported;
}

Imported importFolder(const fs::path &folder, bool weightsOptional, bool withTokenizer) {
  Imported imported = importConfig(folder / "config.json", withTokenizer);
  bool weights =
      present(folder / "model.safetensors") || present(folder / "model.safetensors.index.json");
  if (weights || !weightsOptional)
    readCheckpoint(folder, imported);
  return imported;
}

} // namespace cria::import

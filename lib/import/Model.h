//===- Model.h - A model from a Hugging Face folder -------------*- C++ -*-===//
#pragma once
#include "cria/spec/params.hpp"
#include "import/Generation.h"
#include <cstddef>
#include <filesystem>
#include <memory>
#include <set>

namespace cria::import {

class Scheme;

/// A model and what its folder says besides.
struct Imported {
  spec::Model model;
  /// How each weight is stored, by its name in spec::parameters(model).
  spec::Storages dtypes;
  /// Those of which eight rows are stored together; see storage/Packed.h.
  std::set<std::string> packed;
  /// What the files call the weights whose names there are others than in `model`.
  std::map<std::string, std::string> names;
  std::int64_t bos = -1;            ///< first token of a sequence, or -1
  std::vector<std::int32_t> eos;    ///< tokens that end a text
  std::vector<std::string> notes;   ///< what is odd but taken, as sentences
  std::string source;               ///< absolute path of the folder, or of transformers_weights
  std::vector<std::byte> tokenizer; ///< a tokenizer.cria; empty if there is no tokenizer.json
  std::string chat;                 ///< a chat.cria, of a GGUF file; see ChatTemplate.h
  std::vector<std::filesystem::path> weightFiles; ///< empty if there are no weights
  std::shared_ptr<const Scheme> scheme;           ///< of quantised matrices; null: none
  Generation generation;
};

struct FolderParts {
  /// A folder without safetensors will do: all weights then have the dtype of config.json.
  bool weightsOptional = false;
  bool tokenizer = true;
  /// Matrices may be quantised; else they are refused, with a line about how to rewrite them.
  bool quantized = false;
};

/// Reads a folder with a model of a Llama's arithmetic: config.json, the headers of its
/// safetensors files, and, if they are there, generation_config.json and tokenizer.json. Throws
/// cria::Error; where there is no model it says what there is.
Imported importFolder(const std::filesystem::path &folder, FolderParts parts = {});

/// The same from `config`, a config.json of any name, without looking for weights.
Imported importConfig(const std::filesystem::path &config, bool withTokenizer = true);

} // namespace cria::import

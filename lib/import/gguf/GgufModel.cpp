//===- GgufModel.cpp - A model from a GGUF file ---------------------------===//
#include "import/gguf/GgufModel.h"
#include "import/Graph.h"
#include "import/gguf/GgufChat.h"
#include "import/gguf/GgufConfig.h"
#include "import/gguf/GgufNames.h"
#include "import/gguf/GgufTokenizer.h"
#include "runtime/Checkpoint.h"
#include "runtime/Fail.h"
#include "runtime/gguf/Gguf.h"
#include <fstream>

namespace cria::import {

namespace fs = std::filesystem;

bool isGgufFile(const fs::path &path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored))
    return false;
  char head[4]{};
  std::ifstream(path, std::ios::binary).read(head, sizeof head);
  return path.extension() == ".gguf" || rt::isGguf(std::as_bytes(std::span(head)));
}

namespace {

/// A refusal of the tokenizer does not make the model useless, and says so.
void readTokenizerOf(const Fields &keys, std::int64_t vocab, Imported &imported) try {
  TokenizerFile read = readGgufTokenizer(keys, vocab);
  imported.tokenizer = std::move(read.blob);
  imported.notes.insert(imported.notes.end(), read.warnings.begin(), read.warnings.end());
} catch (const Error &error) {
  rt::fail("{} (--no-tokenizer compiles the model for token ids alone)", error.what());
}

} // namespace

Imported importGguf(const fs::path &file, const GgufParts &parts) {
  rt::Checkpoint checkpoint = rt::Checkpoint::open(file);
  rt::GgufFile first =
      readGguf(rt::Mapping::file(file).bytes(), file.native(), rt::GgufArrays::read);
  Fields keys(first.keys, file.native());
  Config config = readGgufConfig(keys, checkpoint);
  Imported imported;
  imported.notes = config.notes;
  imported.model = graph(config, chooseEnds(config), modelName(file.stem().native()));
  imported.names = ggufNames(imported.model);
  chooseStorage(imported.names, "its keys", checkpoint, imported);
  imported.weightFiles = checkpoint.files();
  imported.source = fs::absolute(file).lexically_normal().native();
  imported.bos = config.bos;
  imported.eos = config.eos;
  if (parts.tokenizer)
    readTokenizerOf(keys, config.vocab, imported);
  if (parts.chat && !imported.tokenizer.empty())
    imported.chat = readGgufChat(keys, parts.chatTemplate);
  return imported;
}

} // namespace cria::import

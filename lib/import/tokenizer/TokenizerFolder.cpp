//===- TokenizerFolder.cpp - The tokenizer of a model's folder ------------===//
#include "import/tokenizer/TokenizerFolder.h"
#include "runtime/Fail.h"

namespace cria::import {

namespace fs = std::filesystem;

namespace {

bool present(const fs::path &path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

} // namespace

TokenizerFile findTokenizer(const fs::path &folder, std::int64_t vocab) {
  if (fs::path file = folder / "tokenizer.json"; present(file))
    return readTokenizer(file, vocab);
  for (const char *other : {"tokenizer.model", "tekken.json", "tiktoken.model", "vocab.json"})
    if (fs::path file = folder / other; present(file))
      rt::fail("{}: is not supported, and there is no tokenizer.json beside it: make one with "
               "transformers, AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER)",
               file.native());
  return {};
}

} // namespace cria::import

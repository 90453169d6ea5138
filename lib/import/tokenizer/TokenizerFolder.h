//===- TokenizerFolder.h - The tokenizer of a model's folder ----*- C++ -*-===//
#pragma once
#include "import/tokenizer/TokenizerJson.h"

namespace cria::import {

/// The tokenizer of `folder`, for a model of `vocab` ids: that of tokenizer.json. `blob` is empty
/// if the folder has no tokenizer; one in another form is refused with a line about how to convert
/// it. Throws cria::Error.
TokenizerFile findTokenizer(const std::filesystem::path &folder, std::int64_t vocab);

} // namespace cria::import

//===- GgufConfig.h - What the keys of a GGUF file say ----------*- C++ -*-===//
#pragma once
#include "import/Config.h"
#include "import/Fields.h"
#include "runtime/Checkpoint.h"

namespace cria::import {

/// The model that `keys` describe, as llama.cpp reads them; biases and a head of its own are where
/// `checkpoint` has them. Throws cria::Error.
Config readGgufConfig(const Fields &keys, const rt::Checkpoint &checkpoint);

} // namespace cria::import

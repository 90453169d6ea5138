//===- Metadata.h - The keys of a GGUF file ---------------------*- C++ -*-===//
#pragma once
#include "export/GgufWriter.h"
#include "import/Model.h"

namespace cria::gguf {

/// Writes the keys of `imported`, which was read from the Hugging Face folder `folder`. With
/// a tokenizer, it must be byte-level BPE whose way to split text has a name in GGUF.
/// Throws cria::Error.
void writeMetadata(Writer &writer, const import::Imported &imported,
                   const std::filesystem::path &folder);

/// Copies the keys of a GGUF file, but for those about how tensors are stored.
void copyMetadata(Writer &writer, std::span<const std::byte> file, std::string_view name);

/// The divisors of rotary frequencies, where the model's rescaling is stored so; else empty.
std::vector<float> ropeDivisors(const spec::Attention &attention);

/// The attention of the layers of `model`, a Llama.
const spec::Attention &attentionOf(const spec::Model &model);

} // namespace cria::gguf

//===- Gguf.h - A model in GGUF files, for the reference --------*- C++ -*-===//
#pragma once
#include "verify/Blocks.h"
#include "verify/GgufHeader.h"

namespace cria::verify {

/// The Llama or SmolLM3 in a GGUF file and in the parts that continue it. Tensors are found by
/// their names in Hugging Face checkpoints.
class Gguf : public Weights {
public:
  /// Throws cria::Error.
  explicit Gguf(const std::filesystem::path &file);

  Architecture architecture() const;
  std::unique_ptr<Tensor> find(const std::string &name,
                               const std::vector<std::int64_t> &shape) const override;

private:
  void addPart(const std::filesystem::path &file);
  /// The architecture's own key, such as "block_count".
  std::string own(const std::string &key) const;
  /// Of the architecture's own.
  double number(const std::string &key) const;
  double number(const std::string &key, double otherwise) const;
  Rotary rotary(std::int64_t headDim) const;
  const GgufHeader::Entry *lookUp(const std::string &name) const;

  std::string source; ///< for messages
  std::vector<std::shared_ptr<void>> mappings;
  GgufHeader first; ///< keys of the first part, and tensors of all
};

} // namespace cria::verify

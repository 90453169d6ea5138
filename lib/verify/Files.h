//===- Files.h - A checkpoint's tensors, for the reference ------*- C++ -*-===//
//
// The safetensors format: 8 bytes with the length of a JSON header, the header, then the data.
// https://huggingface.co/docs/safetensors
//
//===----------------------------------------------------------------------===//
#pragma once
#include "verify/Weights.h"
#include <filesystem>
#include <map>

namespace cria::verify {

/// The tensors of model.safetensors, or else of all files that model.safetensors.index.json names;
/// of several copies that one counts which the index says. Files are mapped, not read.
class Files : public Weights {
public:
  /// `path` is a folder, or such a file of another name. Throws cria::Error.
  explicit Files(const std::filesystem::path &path);

  /// Finds names with and without the prefix "model.", as transformers does.
  std::unique_ptr<Tensor> find(const std::string &name,
                               const std::vector<std::int64_t> &shape) const override;
  bool has(const std::string &name) const { return lookUp(name) != nullptr; }
  /// How `name` is stored; nothing if it is not there.
  std::optional<Format> format(const std::string &name) const;

private:
  struct Entry {
    Format format;
    std::vector<std::int64_t> shape;
    const unsigned char *data;
  };
  using Header = std::map<std::string, Entry>;

  Header readFile(const std::filesystem::path &file);
  void readIndex(const std::filesystem::path &index);
  const Entry *lookUp(const std::string &name) const;

  std::string source; ///< for messages
  std::vector<std::shared_ptr<void>> mappings;
  Header tensors;
};

} // namespace cria::verify

//===- Source.h - The model that a command line names -----------*- C++ -*-===//
#pragma once
#include "cria/spec/params.hpp"
#include "driver/Options.h"
#include "import/Generation.h"
#include "storage/Storage.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <vector>

namespace cria::driver {

/// A model, how it is to run, and what its folder says besides.
struct Source {
  spec::Model model;
  spec::Plan plan;
  spec::Storages dtypes;                    ///< by name in the checkpoint, with "{}"
  std::set<std::string> packed;             ///< weights whose rows are; see storage/Packed.h
  std::map<std::string, std::string> names; ///< of weights in files that name them otherwise
  std::int64_t bos = -1;
  std::vector<std::int32_t> eos;
  std::string folder;               ///< absolute; empty if there are no weights in it
  std::vector<std::byte> tokenizer; ///< see import/tokenizer/TokenizerJson.h; may be empty
  std::string chat;                 ///< see import/ChatTemplate.h; may be empty
  std::vector<std::filesystem::path> weightFiles;
  import::Generation generation;

  /// How the weights of a name are stored, in layer `layer`.
  const storage::Storage &storageOf(const std::string &name, std::size_t rank,
                                    std::int64_t layer) const;
  /// Calls `visit` with each tensor of a parameter, layer by layer, and how it is stored.
  void forEachTensor(
      llvm::function_ref<void(const spec::Param &, const storage::Storage &)> visit) const;
  /// That of most elements of the weights.
  const storage::Storage &mainStorage() const;
};

/// The model with the plan that it is to run by. Throws cria::Error.
Source loadSource(const Options &options);

/// The model as it is said, with its own plan (a folder and a preset have none) and what the
/// command line says over it. Throws cria::Error.
spec::Spec loadSpec(const Options &options);

} // namespace cria::driver

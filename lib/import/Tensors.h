//===- Tensors.h - A checkpoint against what the config asks for *- C++ -*-===//
#pragma once
#include "import/Config.h"
#include "import/Model.h"
#include "import/quantized/Scheme.h"
#include "runtime/Checkpoint.h"

namespace cria::import {

/// Where the table of tokens and the head are read from.
struct Ends {
  std::string table = "model.embed_tokens";
  std::string head = "lm_head"; ///< as `table` for a tied head
};

/// The ends of a model without weights: its config alone counts.
Ends chooseEnds(const Config &config);

/// The ends of a checkpoint. As in transformers, a tied head is only tied where one of the two
/// tensors is missing; which one does not matter.
Ends chooseEnds(const Config &config, const rt::Checkpoint &checkpoint,
                std::vector<std::string> &notes);

/// Which tensors a checkpoint must have.
struct Wanted {
  const spec::Model &model;
  std::map<std::string, std::string> names; ///< of weights in files that name them otherwise
  std::string source;                       ///< what describes the model, for messages
  const Scheme *scheme = nullptr;           ///< of quantised matrices; null if there are none
};

/// The name of a tensor that no model of plain weights has; empty if there is none.
std::string findQuantized(const Wanted &wanted, const rt::Checkpoint &checkpoint);

/// Finds the storage of each weight of `imported`, as its file has it, and which are packed. Every
/// weight must be in the checkpoint, with its shape, in a storage of the table; that of a quantised
/// matrix is f32, which holds its values. Other tensors are not read; a note names the first.
/// `names` and `source` are as in `Wanted`. Throws cria::Error.
void chooseStorage(const std::map<std::string, std::string> &names, const std::string &source,
                   const rt::Checkpoint &checkpoint, Imported &imported);

} // namespace cria::import

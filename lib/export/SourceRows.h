//===- SourceRows.h - A weight of a model's files, row by row ---*- C++ -*-===//
#pragma once
#include "import/Model.h"
#include "runtime/Checkpoint.h"
#include "runtime/Recipe.h"
#include <memory>

namespace cria::gguf {

/// Those of the tensor called `name`, of that shape, which `imported` was checked to have, or of a
/// matrix that is quantised as its scheme says.
std::unique_ptr<rt::Rows> rowsOf(const import::Imported &imported, const rt::Checkpoint &checkpoint,
                                 const std::string &name, const std::vector<std::int64_t> &shape);

} // namespace cria::gguf

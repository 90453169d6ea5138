//===- Execute.h - Runs a function as code or by its meaning ----*- C++ -*-===//
#pragma once
#include "run/Entry.h"

namespace cria::run {

/// The results by the f64 reference. Throws cria::Error for an op without a meaning there, and
/// for an index outside of its tensor.
std::vector<reference::Tensor> byReference(Entry &entry);

/// The results of machine code: the phases after `options.after`, then this machine. Changes the
/// IR of `entry`. Throws cria::Error.
std::vector<Array> byCode(Entry &entry, const Options &options);

} // namespace cria::run

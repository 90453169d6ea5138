//===- OutputName.h - What a compilation writes to --------------*- C++ -*-===//
#pragma once
#include "driver/Options.h"

namespace cria::driver {

/// A path, or "-" for standard output. Text goes there if `options` name no file; other files are
/// named after the model. A program is NAME.out where NAME is a folder, such as that of the model.
std::string chooseOutput(const Options &options, const std::string &name);

} // namespace cria::driver

//===- ModelPath.h - Paths that are not a model's folder --------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::import {

/// What to give in place of `path`, which is no folder: the folder of a file that is part of a
/// model, or what a name of the Hugging Face Hub has to be downloaded to. Empty if it is neither.
std::string explainModelPath(const std::string &path);

} // namespace cria::import

//===- KernelNames.h - Names that tell kernels apart ------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// The name of `kernel` in the whole module, such as "decode.qkv"; unique after
/// `cria-name-kernels`.
std::string fullName(KernelOp kernel);

} // namespace cria

//===- RandomFill.h - Tensors of random weights -----------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/RandomWeights.h"

namespace cria::rt {

/// Writes one tensor of `param` to `out`, row-major in its dtype, on all processors.
void fillRandom(const cria_param &param, const RandomTensor &values, void *out);

} // namespace cria::rt

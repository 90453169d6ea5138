//===- KernelNames.h - What a kernel is called ------------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// A name that says what `kernel` computes, for functions and tables: after the weights of its
/// products ("qkv", "gate_up", "down", "lm_head") or norms, or else its ops ("attend",
/// "scores+softmax").
std::string describe(KernelOp kernel);

} // namespace cria

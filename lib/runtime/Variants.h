//===- Variants.h - Which of the code variants runs here --------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/CpuCheck.h"
#include <span>
#include <string>

namespace cria::rt {

std::span<const cria_code> variants(const cria_model &model);

/// The variant named `wanted`, else the one that $CRIA_VARIANT names, else the best for CPUs that
/// this one runs: the one that uses most features, the last named of equals. Throws a cria::Error
/// if there is none, or if this CPU lacks a feature of what was named.
const cria_code &chooseVariant(const cria_model &model, const std::string &wanted,
                               CpuProbe *has = cpuHas);

/// The CPUs that `model` was compiled for; of several, the one whose code runs here is marked.
std::string listVariants(const cria_model &model);

} // namespace cria::rt

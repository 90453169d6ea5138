//===- GgufRope.h - Rotary embedding in GGUF files --------------*- C++ -*-===//
#pragma once
#include "import/Config.h"
#include "import/Fields.h"
#include "runtime/Checkpoint.h"

namespace cria::import {

/// Reads the architecture's own keys rope.*, and the divisors of frequencies in rope_freqs.weight,
/// which Llama 3.1's rescaling is stored as. `config` has heads and context. Throws cria::Error.
spec::Rope readGgufRope(const Fields &own, const rt::Checkpoint &checkpoint, const Config &config);

/// The rescaling that divides the frequencies theta^(-2i/E) of a head by `divisors`, i = 0 … E/2-1;
/// nothing if Llama 3.1's rule has no parameters that do.
std::optional<spec::RopeScaling> scalingOfDivisors(double theta,
                                                   const std::vector<double> &divisors);

} // namespace cria::import

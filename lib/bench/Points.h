//===- Points.h - Points of measurement as they are asked for ---*- C++ -*-===//
#pragma once
#include "bench/Options.h"
#include "support/Interrupt.h"
#include "support/StatusLine.h"
#include "llvm/Support/raw_ostream.h"
#include <istream>

namespace cria::bench {

/// Compiles the model and loads its weights once. Then measures each line of `in`, ENTRY CONTEXT
/// TOKENS THREADS as in "decode 1024 16 2", as soon as it is read, with the limits just before it,
/// and answers with a line of JSON. Another program can thus be measured in turn with this one.
/// Throws cria::Error.
void measurePoints(const Options &options, std::istream &in, llvm::raw_ostream &out,
                   const StatusLine &progress, const Interrupt &interrupt);

} // namespace cria::bench

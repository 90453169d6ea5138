//===- Perplexity.h - How well a model predicts a text ----------*- C++ -*-===//
#pragma once
#include "runtime/evaluate/KlBase.h"

namespace cria::rt {

/// Prints the perplexity of a text with its standard error, and writes a base file if `base` is
/// not empty. Says on standard error, as `program`, how far it is if that takes long.
void printPerplexity(Session &session, const Windows &windows, const std::string &base,
                     const std::string &program, const Session::Pause &pause);

/// Prints how far the model is from the one that wrote the base file, over the text in it.
void printDivergence(Session &session, const KlBase &base, const std::string &program,
                     const Session::Pause &pause);

} // namespace cria::rt

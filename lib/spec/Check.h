//===- Check.h - The rules of the language, for graphs ----------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include "cria/spec/plan.hpp"

namespace cria::spec {

/// `model` checked and measured by the rules that C++ specs are compiled with. It may have
/// a fault, like any value of the language.
measured measure(const Model &model);
planned measure(const measured &model, const Plan &plan);

/// The sentence of a fault, "path: …".
std::string words(const fault &why);

/// Throws cria::Error, "FILE: NAME: path: sentence", if `spec` has a fault.
void check(const Spec &spec, const std::string &file);

} // namespace cria::spec

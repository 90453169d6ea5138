//===- Check.h - The rules of the language, for graphs ----------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include "cria/spec/plan.hpp"

namespace cria::spec {

/// Checks and measures `model` by the rules of C++ specs. The result may be a fault, like any flow.
measured measure(const Model &model);
planned measure(const measured &model, const Plan &plan);

/// The message of a fault, "path: sentence".
std::string words(const fault &why);

/// Throws cria::Error, "FILE: NAME: path: sentence", if `spec` has a fault.
void check(const Spec &spec, const std::string &file);

} // namespace cria::spec

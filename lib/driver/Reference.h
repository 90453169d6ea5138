//===- Reference.h - What the model of a command line must answer -*- C++ -*-===//
#pragma once
#include "driver/Source.h"
#include "verify/Expected.h"

namespace cria::driver {

/// What the f64 reference answers for the model that `options` name. A folder is read anew by the
/// reference's own reader; of `source` only the plan is used, and a spec, which has no files.
/// Throws cria::Error.
verify::Expected expectedAnswers(const Options &options, const Source &source, double budget,
                                 const verify::Progress &progress = {});

} // namespace cria::driver

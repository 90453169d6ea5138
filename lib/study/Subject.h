//===- Subject.h - What a study is about ------------------------*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"
#include "driver/Source.h"
#include "study/Options.h"
#include "study/Results.h"

namespace cria::study {

/// The model, the sets of fusions, and the points at which they are compared.
class Subject {
public:
  /// Throws cria::Error, also if the results cannot be written where they are wanted.
  explicit Subject(const Options &options);

  const driver::Source source;
  const std::vector<FusionSet> sets;

  /// Throws cria::Error unless --target and --cpu name one.
  driver::Target target() const;
  /// Results without any set.
  Results begin(const driver::Target &target) const;
  /// How the model is compiled with `set`.
  driver::Options compile(const FusionSet &set) const;
  /// `set` without times and errors: what is counted on the IR after the `schedule` phase, whose
  /// kernels are those that run.
  SetResult count(const FusionSet &set, driver::Lowering &lowering) const;

private:
  const Options &options;
  const std::vector<Point> points;
};

} // namespace cria::study

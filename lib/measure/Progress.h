//===- Progress.h - How far a long run has come -----------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::measure {

/// A line on standard error: written over on a terminal, one after the other elsewhere. By
/// default it is shown on a terminal only.
class Progress {
public:
  explicit Progress(bool wanted);
  Progress(const Progress &) = delete;
  ~Progress() { clear(); }

  void say(const std::string &line) const;
  /// Takes the line away again.
  void clear() const;

private:
  bool terminal, shown;
};

} // namespace cria::measure

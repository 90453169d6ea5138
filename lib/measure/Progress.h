//===- Progress.h - Progress of a long run ----------------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::measure {

/// A status line on standard error: overwritten in place on a terminal, one line after another
/// elsewhere. By default it is shown on terminals only.
class Progress {
public:
  explicit Progress(bool wanted);
  Progress(const Progress &) = delete;
  ~Progress() { clear(); }

  void say(const std::string &line) const;
  /// Erases the line.
  void clear() const;

private:
  bool terminal, shown;
};

} // namespace cria::measure

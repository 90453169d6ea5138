//===- StatusLine.h - Progress of a long run --------------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria {

/// A status line on standard error: overwritten in place on a terminal, one line after another
/// elsewhere. By default it is shown on terminals only.
class StatusLine {
public:
  explicit StatusLine(bool wanted);
  StatusLine(const StatusLine &) = delete;
  ~StatusLine() { clear(); }

  void say(const std::string &line) const;
  /// Erases the line, if there is one.
  void clear() const;

private:
  bool terminal, shown;
  mutable bool written = false; ///< on a terminal
};

} // namespace cria

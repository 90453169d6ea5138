//===- Interrupt.h - Ending a long run early --------------------*- C++ -*-===//
#pragma once
#include <csignal>

namespace cria::measure {

/// During its lifetime the first interrupt (SIGINT) is recorded and the program continues; the
/// second ends it. At most one instance may exist.
class Interrupt {
public:
  Interrupt();
  Interrupt(const Interrupt &) = delete;
  ~Interrupt();

  /// Whether the user has asked for an early end.
  bool isAsked() const;
  /// Exit code of an interrupted program.
  static constexpr int exitCode = 128 + SIGINT;

private:
  struct sigaction before;
};

} // namespace cria::measure

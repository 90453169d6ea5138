//===- Interrupt.h - Ending a long run early --------------------*- C++ -*-===//
#pragma once
#include <csignal>

namespace cria::measure {

/// While it lives, an interrupt (SIGINT) is taken note of and the program goes on; a second
/// one ends it. One at a time.
class Interrupt {
public:
  Interrupt();
  Interrupt(const Interrupt &) = delete;
  ~Interrupt();

  /// Whether the user wants an end.
  bool isAsked() const;
  /// What a program that was interrupted returns.
  static constexpr int exitCode = 128 + SIGINT;

private:
  struct sigaction before;
};

} // namespace cria::measure

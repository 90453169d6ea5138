//===- Interrupt.h - Ending work early --------------------------*- C++ -*-===//
#pragma once
#include <csignal>

namespace cria {

/// While it lives, an interrupt (SIGINT, Ctrl-C) is noted and the program goes on; a second one
/// ends the program. One at a time.
class Interrupt {
public:
  Interrupt();
  Interrupt(const Interrupt &) = delete;
  ~Interrupt();

  /// Whether the user wants an end.
  static bool isAsked();
  /// What a program that was interrupted returns.
  static constexpr int exitCode = 128 + SIGINT;
  /// From now on, an interrupt that no Interrupt notes ends the program with this code.
  static void exitByDefault();

private:
  struct sigaction before;
};

} // namespace cria

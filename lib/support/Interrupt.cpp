//===- Interrupt.cpp - Ending work early ----------------------------------===//
#include "support/Interrupt.h"
#include <unistd.h>

namespace cria {
namespace {

volatile std::sig_atomic_t asked = 0;

void leave(int) { _exit(Interrupt::exitCode); }

void note(int) {
  if (asked)
    leave(SIGINT);
  asked = 1;
}

void handle(void (*handler)(int), struct sigaction *before) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, before);
}

} // namespace

Interrupt::Interrupt() {
  asked = 0;
  handle(note, &before);
}

Interrupt::~Interrupt() { sigaction(SIGINT, &before, nullptr); }

bool Interrupt::isAsked() { return asked; }

void Interrupt::exitByDefault() { handle(leave, nullptr); }

} // namespace cria

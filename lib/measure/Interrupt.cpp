//===- Interrupt.cpp - Ending a long run early ----------------------------===//
#include "measure/Interrupt.h"

namespace cria::measure {
namespace {

volatile std::sig_atomic_t asked = 0;

void note(int) { asked = 1; }

} // namespace

Interrupt::Interrupt() {
  asked = 0;
  struct sigaction action = {};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &before);
}

Interrupt::~Interrupt() { sigaction(SIGINT, &before, nullptr); }

bool Interrupt::isAsked() const { return asked; }

} // namespace cria::measure

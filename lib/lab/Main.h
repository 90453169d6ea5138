//===- Main.h - The command line of cria-lab --------------------*- C++ -*-===//
#pragma once

namespace cria::lab {

int runMain(int argc, const char *const *argv);

} // namespace cria::lab

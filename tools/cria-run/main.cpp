//===- main.cpp - cria-run: one function on arrays ------------------------===//
#include "run/Main.h"

int main(int argc, char **argv) { return cria::run::runMain(argc, argv); }

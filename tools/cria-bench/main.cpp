//===- main.cpp - cria-bench: how near the machine's limits ---------------===//
#include "bench/Main.h"

int main(int argc, char **argv) { return cria::bench::benchMain(argc, argv); }

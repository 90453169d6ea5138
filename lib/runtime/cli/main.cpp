//===- main.cpp - The entry point of an executable that criac makes -------===//
#include "runtime/CompiledModel.h"
#include "runtime/cli/Cli.h"

int main(int argc, char **argv) { return cria::rt::runCli(CRIA_MODEL_SYMBOL, argc, argv); }

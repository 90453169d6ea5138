//===- main.cpp - cria-lab: the blocks of Llama 3 as a page ---------------===//
#include "lab/Main.h"

int main(int argc, char **argv) { return cria::lab::runMain(argc, argv); }

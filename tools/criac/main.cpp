//===- main.cpp - criac: compile a model ----------------------------------===//
#include "driver/Main.h"

int main(int argc, char **argv) { return cria::driver::criacMain(argc, argv); }

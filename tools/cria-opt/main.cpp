//===- main.cpp - cria-opt: mlir-opt with Cria's dialect, passes, phases --===//
#include "driver/MlirTools.h"

int main(int argc, char **argv) { return cria::driver::optMain(argc, argv); }

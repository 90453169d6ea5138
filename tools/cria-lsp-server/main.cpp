//===- main.cpp - cria-lsp-server: the dialect in editors -----------------===//
#include "driver/MlirTools.h"

int main(int argc, char **argv) { return cria::driver::lspServerMain(argc, argv); }

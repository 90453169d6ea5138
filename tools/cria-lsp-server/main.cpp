//===- main.cpp - cria-lsp-server: the dialect in editors -----------------===//
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "passes/Phases.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  cria::registerDialects(registry);
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}

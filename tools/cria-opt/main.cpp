//===- main.cpp - cria-opt: mlir-opt with Cria's dialect, passes, phases --===//
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "passes/Phases.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  cria::registerDialects(registry);
  cria::registerPasses();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "cria-opt: run Cria's passes on IR\n", registry));
}

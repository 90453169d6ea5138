//===- MlirTools.cpp - cria-opt and cria-lsp-server -----------------------===//
#include "driver/MlirTools.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "passes/Phases.h"

using namespace mlir;

namespace cria::driver {
namespace {

constexpr char optHelp[] = R"(usage: cria-opt [FILE] [passes] [flags]

mlir-opt with Cria's dialect, passes and phases. FILE contains IR; default is standard input.
Passes run in the order given.

  --cria-phase-NAME        run a whole phase; criac --list-phases lists them
  --cria-PASS              run one of Cria's passes, such as --cria-tile-kernels
  --canonicalize, --cse …  run any of MLIR's passes
  --pass-pipeline=TEXT     run a pipeline in MLIR's notation
  --mlir-print-ir-after-all, --mlir-timing, --verify-diagnostics, --split-input-file
  -o FILE                  output file (default: standard output)
  --help-list              list all of MLIR's flags
  --version                print the version

examples:
  criac models/stories --emit=mlir | cria-opt --cria-phase-fuse
  cria-opt model.mlir --cria-group-kernels --cria-tile-kernels --canonicalize
)";

constexpr char lspHelp[] = R"(usage: cria-lsp-server [flags]

A language server (LSP) for IR with the cria dialect, on standard input and output. Configure
it as the server for .mlir files in an editor; see docs/lsp.md.

  --log=LEVEL              error, info (default) or verbose, to standard error
  --help-list              list all of MLIR's flags
  --version                print the version

example, for the settings of VS Code's MLIR extension:
  "mlir.server_path": "/usr/local/bin/cria-lsp-server"
)";

/// MLIR's own --help is hundreds of lines long; it remains available as --help-list.
bool answered(int argc, char **argv, StringRef name, StringRef help) {
  if (argc != 2)
    return false;
  StringRef flag = argv[1];
  if (flag == "--help" || flag == "-h")
    llvm::outs() << help;
  else if (flag == "--version")
    llvm::outs() << name << " " << CRIA_VERSION << "\n";
  else
    return false;
  return true;
}

} // namespace

int optMain(int argc, char **argv) {
  if (answered(argc, argv, "cria-opt", optHelp))
    return 0;
  DialectRegistry registry;
  registerDialects(registry);
  registerPasses();
  return asMainReturnCode(MlirOptMain(argc, argv, "cria-opt: run Cria's passes on IR\n", registry));
}

int lspServerMain(int argc, char **argv) {
  if (answered(argc, argv, "cria-lsp-server", lspHelp))
    return 0;
  DialectRegistry registry;
  registerDialects(registry);
  return failed(MlirLspServerMain(argc, argv, registry));
}

} // namespace cria::driver

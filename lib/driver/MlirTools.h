//===- MlirTools.h - cria-opt and cria-lsp-server ---------------*- C++ -*-===//
#pragma once

namespace cria::driver {

/// mlir-opt with Cria's dialect, passes and phases.
int optMain(int argc, char **argv);
/// MLIR's language server with Cria's dialect.
int lspServerMain(int argc, char **argv);

} // namespace cria::driver

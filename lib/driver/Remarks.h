//===- Remarks.h - What fusions say they did --------------------*- C++ -*-===//
#pragma once
#include "mlir/IR/MLIRContext.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cria::driver {

/// One thing that a fusion did, or did not do and why.
struct FusionRemark {
  std::string fusion;   ///< as --fuse names it
  std::string function; ///< decode, prefill or head
  std::string op;       ///< such as linear
  std::string location; ///< the name of the op's weight in the checkpoint, if it has one
  bool applied = false;
  std::int64_t bytesSaved = 0; ///< a step, at context 0; if applied
  std::string reason;          ///< if not
};

/// All remarks of a context from now on. They are kept here, as the context outlives no reader.
std::shared_ptr<const std::vector<FusionRemark>> collectRemarks(mlir::MLIRContext &context);

/// One line each.
std::string printRemarks(const std::vector<FusionRemark> &remarks);
/// Writes `path` as JSON or, by its ending (.yaml or .yml), as YAML in the form that LLVM's
/// tools read. Throws cria::Error.
void writeRemarks(const std::vector<FusionRemark> &remarks, const std::string &path);

} // namespace cria::driver

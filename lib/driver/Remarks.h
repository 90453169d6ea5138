//===- Remarks.h - Fusion remarks -------------------------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "mlir/IR/MLIRContext.h"

namespace cria::driver {

/// One place where a fusion was applied, or was not and why.
struct FusionRemark {
  std::string fusion;   ///< its name in --fuse
  std::string function; ///< decode, prefill or head
  std::string op;       ///< such as linear
  std::string location; ///< checkpoint name of the op's weight, if it has one
  bool applied = false;
  std::int64_t bytesSaved = 0; ///< per step at context 0, if applied
  std::string reason;          ///< if not applied
};

/// Tells `observer`, which must outlive `context`, of all remarks from now on.
void observeRemarks(mlir::MLIRContext &context, Observer &observer);

/// Keeps all remarks.
struct RemarkList : Observer {
  void remarked(const FusionRemark &remark) override { all.push_back(remark); }
  std::vector<FusionRemark> all;
};

/// What `remark` says: the bytes saved, or the reason.
std::string messageOf(const FusionRemark &remark);
/// One line per remark.
std::string printRemarks(const std::vector<FusionRemark> &remarks);
/// Writes `path` as JSON, or as the YAML of LLVM's remarks if it ends in .yaml or .yml. Throws
/// cria::Error.
void writeRemarks(const std::vector<FusionRemark> &remarks, const std::string &path);

} // namespace cria::driver

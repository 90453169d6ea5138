//===- Machines.h - What functions under test are compiled for --*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cria::test {

/// With small tiles, on the emulator: one with tensor cores, or one of AMD's.
inline TargetInfo gpu(llvm::StringRef dialect = "nvvm") {
  TargetInfo info{.vectorBits = 1024,
                  .l1Bytes = 256,
                  .l2Bytes = 1 << 12,
                  .cores = 16,
                  .backend = Backend::gpu,
                  .dialect = dialect.str()};
  if (dialect == "nvvm")
    info.features = {exactTensorCores.str()};
  return info;
}

/// A machine with caches so small that even these sizes are tiled, with a partial last tile; one
/// that splits everything in two, so that tiles are large and the last is odd; one on which nothing
/// is split; one with many cores, across which the rows of caches are partitioned; and a GPU of
/// either vendor.
inline std::vector<TargetInfo> machines() {
  return {{256, 16, 64, 256},
          {128, 16, 64, 1 << 30},
          {128, 32, 1 << 30, 1 << 30},
          {256, 16, 64, 1 << 30, 1 << 13, 16},
          gpu(),
          gpu("rocdl")};
}

inline std::string type(const std::vector<std::int64_t> &shape, const char *element = "f32") {
  return fmt::format("tensor<{}x{}>", fmt::join(shape, "x"), element);
}

} // namespace cria::test

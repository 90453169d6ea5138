//===- ProbeCode.h - The inner loops of the probes --------------*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"

namespace cria::measure {

/// Two functions for the machine of `target`:
///   void read(ptr begin, i64 bytes, ptr sum)    `bytes` is a multiple of `readBlock`
///   void multiply_add(i64 rounds, ptr sum)      does `chains` vectors a round
/// What they compute goes to `sum`, a vector, so that none of it is left out.
driver::LlvmCode probeCode(const driver::Target &target);

/// Vectors that are read or computed side by side, enough to hide latencies: as many as the
/// registers hold besides operands.
std::int64_t chains(const TargetInfo &info);
/// Bytes that one iteration of `read` takes.
std::int64_t readBlock(const TargetInfo &info);

} // namespace cria::measure

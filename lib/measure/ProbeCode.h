//===- ProbeCode.h - The inner loops of the probes --------------*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"

namespace cria::measure {

/// Two functions for the machine of `target`:
///   void read(ptr begin, i64 bytes, ptr sum)    `bytes` is a multiple of `readBlock`
///   void multiply_add(i64 rounds, ptr sum)      computes `chains` vectors per round
/// Results go to `sum`, a vector, so that no computation is eliminated as dead.
driver::LlvmCode probeCode(const driver::Target &target);

/// Number of independent vectors, enough to hide latencies: all registers but those for operands.
std::int64_t chains(const TargetInfo &info);
/// Bytes that one iteration of `read` reads.
std::int64_t readBlock(const TargetInfo &info);

} // namespace cria::measure

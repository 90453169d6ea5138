//===- Seed.h - Where random tests begin ------------------------*- C++ -*-===//
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace test {

/// Drawn anew by each run and printed; CRIA_SEED=N in the environment repeats a run.
inline std::uint32_t seed() {
  static const std::uint32_t value = [] {
    const char *given = std::getenv("CRIA_SEED");
    auto drawn = given ? std::uint32_t(std::strtoul(given, nullptr, 10)) : std::random_device()();
    std::fprintf(stderr, "CRIA_SEED=%u\n", drawn);
    return drawn;
  }();
  return value;
}

} // namespace test

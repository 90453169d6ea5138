//===- Parallel.h - Loops over all cores ------------------------*- C++ -*-===//
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace cria::verify {

/// Calls `body(i)` for 0 <= i < count, on all cores; `body` must not throw.
template <class Body>
void inParallel(std::int64_t count, const Body &body) {
  std::atomic<std::int64_t> next = 0;
  auto work = [&] {
    for (std::int64_t i; (i = next++) < count;)
      body(i);
  };
  auto cores = std::int64_t(std::max(std::thread::hardware_concurrency(), 1u));
  std::vector<std::jthread> helpers;
  for (std::int64_t i = 1; i < std::min(cores, count); ++i)
    helpers.emplace_back(work);
  work();
}

} // namespace cria::verify

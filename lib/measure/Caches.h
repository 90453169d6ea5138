//===- Caches.h - The caches of this machine --------------------*- C++ -*-===//
#pragma once
#include <cstddef>

namespace cria::measure {

/// Bytes of all third-level caches that this machine's processors have; 0 if it is not known.
std::size_t lastLevelCache();

} // namespace cria::measure

//===- Caches.h - Cache sizes of this machine -------------------*- C++ -*-===//
#pragma once
#include <cstddef>

namespace cria::measure {

/// Total bytes of the third-level caches of this machine's processors; 0 if unknown.
std::size_t lastLevelCache();

} // namespace cria::measure

//===- FromSpec.h - A spec as the reference sees it -------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include "verify/Blocks.h"
#include "verify/Cache.h"

namespace cria::verify {

/// A model that comes from no checkpoint: its spec says what it means. `model` has been checked.
Architecture fromSpec(const spec::Model &model);
/// Of a storage that caches can have.
Cache cacheOf(spec::DType dtype);

} // namespace cria::verify

//===- Groups.h - Products of groups of integers ----------------*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Product.h"

namespace cria {

/// Adds the products of a group of rhs and one of lhs to a vector of sums, in f32.
mlir::Value addProducts(ProductBuilder &b, mlir::Value sums, const Integers &weights,
                        const GroupAt &x);

} // namespace cria

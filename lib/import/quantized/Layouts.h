//===- Layouts.h - The layouts of quantised matrices ------------*- C++ -*-===//
//
// Each reads the matrix of [rows, columns] from its tensors, and throws a cria::Error if they do
// not make one. How libraries write them: transformers (fp8), compressed-tensors, GPTQModel,
// AutoAWQ.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "import/quantized/Parts.h"

namespace cria::import {

struct BlockSize {
  std::int64_t rows, columns;
};

/// `weight` of F8_E4M3 or I8, with a scale of all, of each row, of groups of a row, or of each
/// block. Vectors of activations' scales are not read: activations are not quantised.
QuantizedMatrix readScaled(const Parts &parts, std::int64_t rows, std::int64_t columns,
                           BlockSize block);
/// `weight_packed`: 4 or 8 bits.
QuantizedMatrix readPacked(const Parts &parts, std::int64_t rows, std::int64_t columns);
/// `qweight`, packed down the columns of the transposed matrix. `zero` is added to the zeros.
QuantizedMatrix readGptq(const Parts &parts, std::int64_t rows, std::int64_t columns, int bits,
                         float zero);
/// `qweight`, packed along the rows of the transposed matrix, 4 bits.
QuantizedMatrix readAwq(const Parts &parts, std::int64_t rows, std::int64_t columns);

} // namespace cria::import

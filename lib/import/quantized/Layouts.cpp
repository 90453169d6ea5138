//===- Layouts.cpp - The layouts of quantised matrices --------------------===//
#include "import/quantized/Layouts.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::import {
namespace {

using Kind = Codes::Kind;

std::int64_t divideUp(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

/// How many of `columns` share one of `count` scales.
std::int64_t columnsOf(const Parts &parts, std::string_view part, std::int64_t columns,
                       std::int64_t count) {
  if (count < 1 || columns % count)
    parts.refuse(part, fmt::format("shape: {} groups do not divide rows of {}", count, columns));
  return columns / count;
}

/// Scales of rows, or of groups of columns in each row.
void readRowScales(const Parts &parts, std::string_view part, QuantizedMatrix &matrix) {
  matrix.scales = parts.floats(part);
  const rt::Tensor &tensor = *parts.find(part);
  std::vector<std::int64_t> shape = tensor.shape;
  if (shape == std::vector{matrix.rows})
    shape.push_back(1);
  bool one = matrix.scales.size() == 1;
  if (!one && (shape.size() != 2 || shape[0] != matrix.rows))
    parts.refuse(part, fmt::format("shape: [{}] is none of scales for [{}, {}]",
                                   fmt::join(tensor.shape, ", "), matrix.rows, matrix.columns));
  matrix.scaleColumns = one ? 1 : shape[1];
  matrix.rowsEach = one ? matrix.rows : 1;
  matrix.columnsEach = columnsOf(parts, part, matrix.columns, matrix.scaleColumns);
}

void readBlockScales(const Parts &parts, std::string_view part, BlockSize block,
                     QuantizedMatrix &matrix) {
  std::vector<std::int64_t> shape{divideUp(matrix.rows, block.rows),
                                  divideUp(matrix.columns, block.columns)};
  matrix.scales = parts.floats(part);
  parts.requireShape(part, *parts.find(part), shape);
  matrix.scaleColumns = shape[1];
  matrix.rowsEach = block.rows;
  matrix.columnsEach = block.columns;
}

const std::byte *words(const Parts &parts, std::string_view part,
                       const std::vector<std::int64_t> &shape) {
  return parts.require(part, "I32", shape).bytes.data();
}

/// What GPTQ and AWQ have in common: scales and zeros of [groups, rows].
QuantizedMatrix readTransposed(const Parts &parts, std::int64_t rows, std::int64_t columns,
                               Codes codes) {
  QuantizedMatrix matrix{.rows = rows, .columns = columns, .codes = codes, .transposed = true};
  matrix.scales = parts.floats("scales");
  const rt::Tensor &scales = *parts.find("scales");
  std::int64_t per = Codes::perWord(codes.bits);
  if (scales.shape.size() != 2 || scales.shape[1] != rows || rows % per)
    parts.refuse("scales", fmt::format("shape: [{}] is none of scales for [{}, {}]",
                                       fmt::join(scales.shape, ", "), rows, columns));
  std::int64_t groups = scales.shape[0];
  matrix.scaleColumns = rows;
  matrix.rowsEach = 1;
  matrix.groups = parts.groups("g_idx", columns, groups);
  if (matrix.groups.empty())
    matrix.columnsEach = columnsOf(parts, "scales", columns, groups);
  matrix.zeros = {.data = words(parts, "qzeros", {groups, rows / per}),
                  .kind = Kind::packed,
                  .columns = rows / per,
                  .bits = codes.bits,
                  .interleaved = codes.interleaved};
  return matrix;
}

} // namespace

QuantizedMatrix readScaled(const Parts &parts, std::int64_t rows, std::int64_t columns,
                           BlockSize block) {
  bool isFloat = parts.find("weight")->dtype == "F8_E4M3";
  const rt::Tensor &weight = parts.require("weight", isFloat ? "F8_E4M3" : "I8", {rows, columns});
  QuantizedMatrix matrix{.rows = rows, .columns = columns};
  matrix.codes = {
      .data = weight.bytes.data(), .kind = isFloat ? Kind::e4m3 : Kind::int8, .columns = columns};
  const rt::Tensor *inverse = parts.find("weight_scale_inv"); // which is multiplied with, too
  std::string_view scale = inverse ? "weight_scale_inv" : "weight_scale";
  auto isOne = [](std::int64_t size) { return size == 1; };
  if (block.rows && inverse && !std::ranges::all_of(inverse->shape, isOne)) {
    readBlockScales(parts, scale, block, matrix);
    return matrix;
  }
  readRowScales(parts, scale, matrix);
  if (parts.find("weight_zero_point"))
    matrix.zeros = {.data =
                        parts.require("weight_zero_point", "I8", {matrix.rows, matrix.scaleColumns})
                            .bytes.data(),
                    .columns = matrix.scaleColumns};
  return matrix;
}

QuantizedMatrix readPacked(const Parts &parts, std::int64_t rows, std::int64_t columns) {
  const std::vector<std::int64_t> &shape = parts.find("weight_packed")->shape;
  int bits = shape.size() == 2 && shape[1] == divideUp(columns, 4) ? 8 : 4;
  std::int64_t per = Codes::perWord(bits), width = divideUp(columns, per);
  QuantizedMatrix matrix{.rows = rows, .columns = columns};
  matrix.codes = {.data = words(parts, "weight_packed", {rows, width}),
                  .kind = Kind::packed,
                  .columns = width,
                  .bits = bits};
  readRowScales(parts, "weight_scale", matrix);
  matrix.groups = parts.groups("weight_g_idx", columns, matrix.scaleColumns);
  if (parts.find("weight_zero_point"))
    matrix.zeros = {
        .data = words(parts, "weight_zero_point", {divideUp(rows, per), matrix.scaleColumns}),
        .kind = Kind::packed,
        .columns = matrix.scaleColumns,
        .bits = bits,
        .down = true};
  else
    matrix.zero = float(1 << (bits - 1));
  return matrix;
}

QuantizedMatrix readGptq(const Parts &parts, std::int64_t rows, std::int64_t columns, int bits,
                         float zero) {
  QuantizedMatrix matrix = readTransposed(
      parts, rows, columns,
      {.data = words(parts, "qweight", {divideUp(columns, Codes::perWord(bits)), rows}),
       .kind = Kind::packed,
       .columns = rows,
       .bits = bits,
       .down = true});
  matrix.zero = zero;
  return matrix;
}

QuantizedMatrix readAwq(const Parts &parts, std::int64_t rows, std::int64_t columns) {
  constexpr int bits = 4;
  std::int64_t width = divideUp(rows, Codes::perWord(bits));
  return readTransposed(parts, rows, columns,
                        {.data = words(parts, "qweight", {columns, width}),
                         .kind = Kind::packed,
                         .columns = width,
                         .bits = bits,
                         .interleaved = true});
}

} // namespace cria::import

//===- TileGroupTest.cpp - What is computed together for a tile -----------===//
#include "passes/loops/TileGroup.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

TEST_CASE("a producer whose loop follows the split is computed per tile") {
  Parsed ir(test::chain);
  auto rope = ir.get<RopeOp>();
  TileGroup byHeads(rope, 1, 1);
  CHECK(byHeads.extent() == 2);
  CHECK(byHeads.contains(ir.get<LinearOp>()));
  CHECK(byHeads.evenly()); // a tile is whole heads, behind a reshape
  TileGroup byTokens(rope, 0, 1);
  CHECK(byTokens.extent() == 4);
  CHECK(byTokens.contains(ir.get<LinearOp>()));
}

TEST_CASE("bytes are split, shared or kept") {
  Parsed ir(R"(
func.func @f(%x: tensor<4x8xf32>, %w: tensor<12x8xf32>, %s: tensor<4x12xf32>)
    -> tensor<4x12xf32> {
  %e = tensor.empty() : tensor<4x12xf32>
  %0 = cria.linear %x, %w into %e : tensor<4x8xf32>, tensor<12x8xf32> into tensor<4x12xf32>
  %1 = cria.residual %0 into %s : tensor<4x12xf32> into tensor<4x12xf32>
  return %1 : tensor<4x12xf32>
})");
  constexpr std::int64_t x = 4 * 8 * 4, w = 12 * 8 * 4, y = 4 * 12 * 4;
  TileGroup byColumns(ir.get<ResidualOp>(), 1, 1);
  CHECK(byColumns.extent() == 12);
  CHECK(byColumns.splitBytes() == w + 2 * y); // weights; the stream, read and written
  CHECK(byColumns.sharedBytes() == x);
  CHECK(byColumns.keptBytes() == y);
  TileGroup byTokens(ir.get<ResidualOp>(), 0, 1);
  CHECK(byTokens.splitBytes() == x + 2 * y);
  CHECK(byTokens.sharedBytes() == w);
}

TEST_CASE("a dynamic number of tokens counts with its bound") {
  Parsed ir(R"(
func.func @f(%x: tensor<?x8xf32>, %w: tensor<12x8xf32>, %e: tensor<?x12xf32>) -> tensor<?x12xf32> {
  %0 = cria.linear %x, %w into %e : tensor<?x8xf32>, tensor<12x8xf32> into tensor<?x12xf32>
  return %0 : tensor<?x12xf32>
})");
  TileGroup byTokens(ir.get<LinearOp>(), 0, 16), byColumns(ir.get<LinearOp>(), 1, 16);
  CHECK(byTokens.extent() == 16);
  CHECK(byTokens.splitBytes() == 16 * (8 + 12) * 4);
  CHECK(byTokens.sharedBytes() == 12 * 8 * 4);
  CHECK(byColumns.extent() == 12);
  CHECK(byColumns.sharedBytes() == 16 * 8 * 4);
}

TEST_CASE("what a norm reads whole stays outside of tiles by columns") {
  Parsed ir(R"(
func.func @f(%x: tensor<4x8xf32>, %w: tensor<12x8xf32>, %n: tensor<4x8xf32>,
             %e: tensor<4x12xf32>) -> tensor<4x12xf32> {
  %0 = cria.rms_norm %x into %n {eps = 0.0 : f64} : tensor<4x8xf32> into tensor<4x8xf32>
  %1 = cria.linear %0, %w into %e : tensor<4x8xf32>, tensor<12x8xf32> into tensor<4x12xf32>
  return %1 : tensor<4x12xf32>
})");
  CHECK_FALSE(TileGroup(ir.get<LinearOp>(), 1, 1).contains(ir.get<RmsNormOp>()));
  CHECK(TileGroup(ir.get<LinearOp>(), 0, 1).contains(ir.get<RmsNormOp>()));
}

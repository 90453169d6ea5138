//===- PlacementTest.cpp - Buffers at offsets of one block of memory ------===//
#include "passes/buffers/Placement.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

TEST_CASE("buffers are placed one after the other, on cache lines") {
  Parsed ir(R"(
func.func @f(%memory: memref<192xi8>) {
  %a = memref.alloc() : memref<17xf32>
  %b = memref.alloc() : memref<3xbf16>
  memref.copy %a, %a : memref<17xf32> to memref<17xf32>
  memref.copy %b, %b : memref<3xbf16> to memref<3xbf16>
  return
})");
  Placement placement;
  REQUIRE(succeeded(placement.add(ir.get<mlir::memref::AllocOp>(0), "scratch")));
  CHECK(placement.bytes() == 128);
  REQUIRE(succeeded(placement.add(ir.get<mlir::memref::AllocOp>(1), "scratch")));
  CHECK(placement.bytes() == 192);
  placement.replace(ir.func().getArgument(0));
  CHECK(ir.count<mlir::memref::AllocOp>() == 0);
  CHECK(ir.count<mlir::memref::ViewOp>() == 2);
  CHECK(ir.valid());
}

TEST_CASE("a dynamic size takes its upper bound") {
  Parsed ir(R"(
func.func @f(%count: index) {
  %n = affine.min affine_map<(d0) -> (d0, 16)>(%count)
  %a = memref.alloc(%n) : memref<?x4xf32>
  return
})");
  Placement placement;
  REQUIRE(succeeded(placement.add(ir.get<mlir::memref::AllocOp>(), "workspace")));
  CHECK(placement.bytes() == 16 * 4 * 4);
}

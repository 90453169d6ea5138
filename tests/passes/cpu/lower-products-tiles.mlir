// RUN: cria-opt %s --cria-lower-products --canonicalize --cse | FileCheck %s

#lhs = affine_map<(t, n, k) -> (t, k)>
#rhs = affine_map<(t, n, k) -> (n, k)>
#out = affine_map<(t, n, k) -> (t, n)>

module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 512 : i64, "vector_registers" = 32 : i64,
        "features" = ["amx-bf16", "avx512bf16"]>>} {
  // Sums of 32 rows with 32 outputs are four tiles. Each step along the reduction has 32 elements:
  // the last of 70 is filled up with zeros. The odd rows are one more row of tiles, of which only
  // those that exist are added to the result.
  // CHECK-LABEL: @many_rows
  // CHECK-SAME: %[[OUT:[a-z0-9]+]]: memref<37x48xf32>
  // CHECK-DAG: %[[PANELS:.*]] = memref.alloc() {alignment = 64 : i64} : memref<2x48x32xf32>
  // CHECK-DAG: %[[LEFT:.*]] = memref.alloc() {alignment = 64 : i64} : memref<3x32x16xf32>
  // CHECK-DAG: %[[SUMS:.*]] = memref.alloc() {alignment = 64 : i64} : memref<32x32xf32>
  // CHECK: vector.transfer_write {{.*}}, %[[PANELS]]
  // CHECK: llvm.call_intrinsic "llvm.x86.avx512bf16.cvtne2ps2bf16.512"({{.*}}) : (vector<16xf32>, vector<16xf32>) -> vector<32xbf16>
  // CHECK: vector.transfer_write {{.*}}, %[[LEFT]]
  // CHECK-COUNT-4: amx.tile_zero : !amx.tile<16x16xf32>
  // CHECK: scf.for %[[STEP:.*]] = %c0 to %c3 step %c1
  // CHECK: %[[WORD:.*]] = arith.muli %[[STEP]], %c16
  // CHECK: amx.tile_load %[[PANELS]][%{{.*}}, %[[WORD]], %c0] : {{.*}} into !amx.tile<16x32xbf16>
  // CHECK: amx.tile_load %[[PANELS]][%{{.*}}, %[[WORD]], %c16]
  // CHECK: amx.tile_load %[[LEFT]][%[[STEP]], %c0, %c0]
  // CHECK-COUNT-2: amx.tile_mulf
  // CHECK: amx.tile_load %[[LEFT]][%[[STEP]], %c16, %c0]
  // CHECK-COUNT-2: amx.tile_mulf
  // CHECK-COUNT-4: amx.tile_store %[[SUMS]]
  // CHECK: vector.transfer_read %[[SUMS]]
  // CHECK: vector.transfer_write {{.*}}, %[[OUT]]
  // The second panel has outputs for one tile.
  // CHECK-COUNT-2: amx.tile_zero
  // CHECK: scf.for
  // CHECK-COUNT-2: amx.tile_mulf
  // CHECK: scf.yield {{.*}} : !amx.tile<16x16xf32>, !amx.tile<16x16xf32>{{$}}
  // CHECK-NOT: linalg.generic
  func.func @many_rows(%y: memref<37x48xf32>, %x: memref<37x70xf32>, %w: memref<48x70xbf16>) {
    linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<37x70xf32>, memref<48x70xbf16>) outs(%y : memref<37x48xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %p = arith.mulf %a, %wide fastmath<reassoc,contract> : f32
      %s = arith.addf %sum, %p fastmath<reassoc,contract> : f32
      linalg.yield %s : f32
    }
    return
  }

  // Few rows are multiplied in vectors.
  // CHECK-LABEL: @few_rows
  // CHECK-NOT: amx.
  // CHECK: x86vector.avx512.dot
  // CHECK-NOT: amx.
  func.func @few_rows(%x: memref<2x64xf32>, %w: memref<8x64xbf16>, %y: memref<2x8xf32>) {
    linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<2x64xf32>, memref<8x64xbf16>) outs(%y : memref<2x8xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %p = arith.mulf %a, %wide fastmath<reassoc,contract> : f32
      %s = arith.addf %sum, %p fastmath<reassoc,contract> : f32
      linalg.yield %s : f32
    }
    return
  }

  // A weight that tiles cannot multiply, in a kernel of theirs: a block of tiles is none of vectors.
  // CHECK-LABEL: @another_weight
  // CHECK: memref.alloc() {alignment = 64 : i64} : memref<8x64xf32>
  // CHECK-NOT: amx.
  func.func @another_weight(%x: memref<64x64xf32>, %w: memref<8x64xf32>, %y: memref<64x8xf32>)
      attributes {cria.schedule = #cria.schedule<unit = amx_bf16, block = [32, 32], depth = 256>} {
    linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<64x64xf32>, memref<8x64xf32>) outs(%y : memref<64x8xf32>) {
    ^bb0(%a: f32, %b: f32, %sum: f32):
      %p = arith.mulf %a, %b fastmath<reassoc,contract> : f32
      %s = arith.addf %sum, %p fastmath<reassoc,contract> : f32
      linalg.yield %s : f32
    }
    return
  }
}

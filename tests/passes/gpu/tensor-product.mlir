// RUN: cria-opt %s --cria-thread-loops --canonicalize --cse | FileCheck %s

#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>
#x = affine_map<(t, n, k) -> (t, k)>
#w = affine_map<(t, n, k) -> (n, k)>
#gain = affine_map<(t, n, k) -> (k)>
#out = affine_map<(t, n, k) -> (t, n)>
#q = affine_map<(t, h, n, k) -> (t, h, k)>
#keys = affine_map<(t, h, n, k) -> (n, k)>
#values = affine_map<(t, h, n, k) -> (k, n)>
#scores = affine_map<(t, h, n, k) -> (t, h, n)>

module attributes {dlti.target_system_spec = #target, gpu.container_module} {
gpu.module @kernels {
  // 64 columns are two warps' for each 16 rows. A lane reads 8 elements of two rows of x, and of a
  // row of w for each fragment of 8 columns. Rows that do not exist are not stored.
  // CHECK-LABEL: gpu.func @rounded(
  // CHECK-SAME: %[[X:.*]]: memref<?x64xf32>, %[[W:.*]]: memref<64x64xbf16>, %[[OUT:.*]]: memref<?x64xf32>
  // CHECK: %[[ROWS:.*]] = memref.dim %[[OUT]], %c0
  // CHECK: %[[TILES:.*]] = arith.ceildivui %[[ROWS]], %c16
  // CHECK: %[[ALL:.*]] = arith.muli %[[TILES]], %c2
  // CHECK: scf.for %{{.*}} = %{{.*}} to %[[ALL]] step %c8
  // CHECK: scf.for %{{.*}} = %c0 to %c64 step %c32 iter_args({{.*}}) -> ({{(f32, ){15}f32}})
  // CHECK-COUNT-4: vector.load %[[W]]{{.*}} {alignment = 16 : i64} : memref<64x64xbf16>, vector<8xbf16>
  // CHECK-COUNT-2: vector.load %[[X]]{{.*}} {alignment = 16 : i64} : memref<?x64xf32>, vector<8xf32>
  // CHECK-COUNT-8: nvvm.mma.sync
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: arith.cmpi ult, %{{.*}}, %[[ROWS]]
  // CHECK: scf.if
  // CHECK-COUNT-4: vector.store %{{.*}}, %[[OUT]]{{.*}} vector<2xf32>
  // CHECK: scf.if
  // CHECK-COUNT-4: vector.store %{{.*}}, %[[OUT]]
  // CHECK: gpu.barrier
  gpu.func @rounded(%x: memref<?x64xf32>, %w: memref<64x64xbf16>, %out: memref<?x64xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<?x64xf32>, memref<64x64xbf16>) outs(%out : memref<?x64xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // With a gain; the upper halves of an f32, of what they leave, and of what that leaves.
  // CHECK-LABEL: gpu.func @exact(
  // CHECK: %[[F:.*]] = arith.mulf %{{.*}}, %{{.*}} : vector<8xf32>
  // CHECK: %[[HALVES:.*]] = vector.bitcast %[[F]] : vector<8xf32> to vector<16xbf16>
  // CHECK: vector.shuffle %[[HALVES]], %[[HALVES]] [1, 3, 5, 7, 9, 11, 13, 15]
  // CHECK: %[[BITS:.*]] = vector.bitcast %[[F]] : vector<8xf32> to vector<8xi32>
  // CHECK: arith.andi %[[BITS]], %cst
  // CHECK: arith.subf %[[F]], %{{.*}} : vector<8xf32>
  // CHECK-COUNT-6: nvvm.mma.sync
  // CHECK-NOT: nvvm.mma.sync
  gpu.func @exact(%x: memref<4x32xf32>, %w: memref<8x32xbf16>, %g: memref<32xbf16>, %out: memref<4x8xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16x3>} {
    linalg.generic {indexing_maps = [#x, #w, #gain, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w, %g : memref<4x32xf32>, memref<8x32xbf16>, memref<32xbf16>) outs(%out : memref<4x8xf32>) {
    ^bb0(%a: f32, %b: bf16, %c: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %factor = arith.extf %c : bf16 to f32
      %scaled = arith.mulf %a, %factor : f32
      %product = arith.mulf %scaled, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // Both operands are sums of three; products of parts that are less than rounding leaves are left
  // out, so that six are made of each half.
  // CHECK-LABEL: gpu.func @wide(
  // CHECK-COUNT-12: nvvm.mma.sync
  // CHECK-NOT: nvvm.mma.sync
  gpu.func @wide(%x: memref<4x32xf32>, %w: memref<8x32xf32>, %out: memref<4x8xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16x3>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x32xf32>, memref<8x32xf32>) outs(%out : memref<4x8xf32>) {
    ^bb0(%a: f32, %b: f32, %sum: f32):
      %product = arith.mulf %a, %b : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // A number of f16 is the sum of two.
  // CHECK-LABEL: gpu.func @halves(
  // CHECK-COUNT-10: nvvm.mma.sync
  // CHECK-NOT: nvvm.mma.sync
  gpu.func @halves(%x: memref<4x32xf32>, %w: memref<8x32xf16>, %out: memref<4x8xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16x3>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x32xf32>, memref<8x32xf16>) outs(%out : memref<4x8xf32>) {
    ^bb0(%a: f32, %b: f16, %sum: f32):
      %wide = arith.extf %b : f16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // A lane reads a group of 32 elements of a row of blocks, and multiplies 8 of them at a time.
  // CHECK-LABEL: gpu.func @blocks(
  // CHECK-SAME: %[[X:.*]]: memref<4x128xf32>, %[[BYTES:.*]]: memref<8x136xi8>
  // CHECK: vector.load %[[BYTES]]{{.*}} vector<32xi8>
  // CHECK: vector.extract_strided_slice {{.*}} {offsets = [0], sizes = [8], strides = [1]} : vector<32xf32>
  // CHECK-COUNT-12: nvvm.mma.sync
  // CHECK: vector.extract_strided_slice {{.*}} {offsets = [8], sizes = [8]
  // CHECK-COUNT-36: nvvm.mma.sync
  // CHECK-NOT: nvvm.mma.sync
  gpu.func @blocks(%x: memref<4x128xf32>, %bytes: memref<8x136xi8>, %out: memref<4x8xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16x3>} {
    %w = builtin.unrealized_conversion_cast %bytes : memref<8x136xi8> to memref<8x128x!cria.block<q8_0>>
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x128xf32>, memref<8x128x!cria.block<q8_0>>) outs(%out : memref<4x8xf32>) {
    ^bb0(%a: f32, %b: !cria.block<q8_0>, %sum: f32):
      %wide = cria.widen %b : !cria.block<q8_0>
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // Rows are pairs of a token and a head; columns, as many as there are, are those of w, whose last
  // row stands in for what lies behind it. Each sum is stored if its column exists.
  // CHECK-LABEL: gpu.func @scores(
  // CHECK-SAME: %[[Q:.*]]: memref<?x4x32xf32>, %[[KEYS:.*]]: memref<?x32xbf16>, %[[OUT:.*]]: memref<?x4x?xf32
  // CHECK: %[[TOKENS:.*]] = memref.dim %[[OUT]], %c0
  // CHECK: %[[ROWS:.*]] = arith.muli %[[TOKENS]], %c4
  // CHECK: %[[COLUMNS:.*]] = memref.dim %[[OUT]], %c2
  // CHECK: arith.ceildivui %[[COLUMNS]], %c32
  // CHECK: %[[LAST:.*]] = arith.subi %[[COLUMNS]], %c1
  // CHECK: %[[N:.*]] = arith.minui %{{.*}}, %[[LAST]]
  // CHECK: vector.load %[[KEYS]][%[[N]], %{{.*}}]
  // CHECK: %[[T:.*]] = arith.divui %{{.*}}, %c4
  // CHECK: %[[H:.*]] = arith.remui %{{.*}}, %c4
  // CHECK: vector.load %[[Q]][%[[T]], %[[H]], %{{.*}}]
  // CHECK: arith.cmpi ult, %{{.*}}, %[[ROWS]]
  // CHECK: arith.cmpi ult, %{{.*}}, %[[COLUMNS]]
  // CHECK: vector.store %{{.*}}, %[[OUT]]{{.*}} vector<1xf32>
  gpu.func @scores(%x: memref<?x4x32xf32>, %w: memref<?x32xbf16>, %out: memref<?x4x?xf32, strided<[256, 64, 1]>>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#q, #keys, #scores], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<?x4x32xf32>, memref<?x32xbf16>) outs(%out : memref<?x4x?xf32, strided<[256, 64, 1]>>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // A lane reads 8 columns of 8 rows of w, whose elements of one column are for one of 8 fragments.
  // It has 8 neighbours of a row of sums. Weights behind the last key are zeros.
  // CHECK-LABEL: gpu.func @mix(
  // CHECK-SAME: %[[W:.*]]: memref<?x4x?xf32, {{.*}}>, %[[VALUES:.*]]: memref<?x64xbf16>, %[[OUT:.*]]: memref<?x4x64xf32>
  // CHECK: %[[KEYS:.*]] = memref.dim %[[W]], %c2
  // CHECK-COUNT-8: vector.load %[[VALUES]]{{.*}} {alignment = 16 : i64} : memref<?x64xbf16>, vector<8xbf16>
  // CHECK: %[[FIRST:.*]]:8 = vector.to_elements
  // CHECK: vector.from_elements %[[FIRST]]#0, %{{.*}} : vector<8xbf16>
  // CHECK: %[[READ:.*]] = vector.load %[[W]]
  // CHECK: %[[INSIDE:.*]] = arith.cmpi ult, %{{.*}} : vector<8xindex>
  // CHECK: arith.select %[[INSIDE]], %[[READ]], %cst
  // CHECK-COUNT-16: nvvm.mma.sync
  // CHECK-NOT: nvvm.mma.sync
  // CHECK-COUNT-4: vector.store %{{.*}}, %[[OUT]]{{.*}} vector<8xf32>
  gpu.func @mix(%x: memref<?x4x?xf32, strided<[256, 64, 1]>>, %w: memref<?x64xbf16>, %out: memref<?x4x64xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#q, #values, #scores], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<?x4x?xf32, strided<[256, 64, 1]>>, memref<?x64xbf16>) outs(%out : memref<?x4x64xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }
}
}

// How one op is dealt out, beyond what thread-loops.mlir shows.
// RUN: cria-opt %s --cria-thread-loops --canonicalize --cse | FileCheck %s

#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>
#each = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>
#last = affine_map<(i, j) -> (j)>
#columns = affine_map<(i, j) -> (j, i)>
#id = affine_map<(i) -> (i)>

module attributes {dlti.target_system_spec = #target, gpu.container_module} {
gpu.module @kernels {
  // All elements are counted through; what an op does not read is not loaded.
  // CHECK-LABEL: gpu.func @fill(
  // CHECK: %[[THREAD:.*]] = gpu.thread_id x
  // CHECK: scf.for %[[AT:.*]] = %[[THREAD]] to %c60 step %c256
  // CHECK: %[[I:.*]]:2 = affine.delinearize_index %[[AT]] into (3, 20)
  // CHECK-NOT: memref.load
  // CHECK: memref.store %{{.*}}, %{{.*}}[%[[I]]#0, %[[I]]#1]
  // CHECK: gpu.barrier
  gpu.func @fill(%x: f32, %out: memref<3x20xf32>) kernel {
    linalg.fill ins(%x : f32) outs(%out : memref<3x20xf32>)
    gpu.return
  }

  // A dynamic row is read element by element; what is not reduced is stored on the way.
  // CHECK-LABEL: gpu.func @dynamic(
  // CHECK: %[[SUM:.*]] = scf.for %[[J:.*]] = %{{.*}} to %{{.*}} step %c32 {{.*}} -> (f32)
  // CHECK: %[[OLD:.*]] = memref.load %{{.*}}[%[[AT:.*]], %[[J]]]
  // CHECK: memref.store %{{.*}}, %{{.*}}[%[[AT]], %[[J]]]
  // CHECK-COUNT-5: gpu.shuffle xor
  gpu.func @dynamic(%x: memref<4x?xf32>, %sum: memref<4xf32>) kernel {
    linalg.generic {indexing_maps = [#each, #row], iterator_types = ["parallel", "reduction"]}
        outs(%x, %sum : memref<4x?xf32>, memref<4xf32>) {
    ^bb0(%a: f32, %s: f32):
      %twice = arith.addf %a, %a : f32
      %next = arith.addf %s, %twice : f32
      linalg.yield %twice, %next : f32, f32
    }
    gpu.return
  }

  // A lane reads a group of blocks at a time, from a row of bytes; 16 lanes have all 512 elements, so
  // that a warp has two rows. Its lanes go on for rows that do not exist, and do not store those.
  // CHECK-LABEL: gpu.func @blocks(
  // CHECK-SAME: %{{.*}}: memref<512xf32>, %[[BYTES:.*]]: memref<24x544xi8>
  // CHECK: %[[LANE:.*]] = arith.remui %{{.*}}, %c16
  // CHECK: scf.for %[[N:.*]] = %{{.*}} to %c24 step %c16
  // CHECK-DAG: %[[IS_FIRST:.*]] = arith.cmpi eq, %[[LANE]], %c0
  // CHECK-DAG: %[[EXISTS:.*]] = arith.cmpi ult, %[[N]], %c24
  // CHECK-DAG: %[[WRITES:.*]] = arith.andi %[[IS_FIRST]], %[[EXISTS]]
  // CHECK-DAG: arith.minui %[[N]], %c23
  // CHECK: %[[FROM:.*]] = arith.muli %{{.*}}, %c32
  // CHECK: scf.for %[[K:.*]] = %[[FROM]] to %c512 step %c512 iter_args({{.*}}) -> (vector<32xf32>)
  // CHECK: vector.load {{.*}}[%[[K]]] {alignment = 16 : i64} : memref<512xf32>, vector<32xf32>
  // CHECK: %[[ROW:.*]] = memref.subview %[[BYTES]][%{{.*}}, 0] [1, 544] [1, 1]
  // CHECK: %[[BLOCK:.*]] = arith.divui %[[K]], %c32
  // CHECK: %[[AT:.*]] = arith.muli %[[BLOCK]], %c34
  // CHECK: vector.load %[[ROW]]{{.*}} vector<32xi8>
  // CHECK: vector.load %[[ROW]][%[[AT]]] {{.*}} vector<2xi8>
  // CHECK-COUNT-4: gpu.shuffle xor
  // CHECK-NOT: gpu.shuffle
  // CHECK: scf.if %[[WRITES]]
  gpu.func @blocks(%x: memref<512xf32>, %w: memref<24x544xi8>, %out: memref<24xf32>) kernel {
    %blocks = builtin.unrealized_conversion_cast %w : memref<24x544xi8> to memref<24x512x!cria.block<q8_0>>
    linalg.generic {indexing_maps = [#last, #each, #row], iterator_types = ["parallel", "reduction"]}
        ins(%x, %blocks : memref<512xf32>, memref<24x512x!cria.block<q8_0>>) outs(%out : memref<24xf32>) {
    ^bb0(%a: f32, %b: !cria.block<q8_0>, %sum: f32):
      %wide = cria.widen %b : !cria.block<q8_0>
      %product = arith.mulf %a, %wide fastmath<reassoc, contract> : f32
      %next = arith.addf %sum, %product fastmath<reassoc, contract> : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // A row that is only widened is a warp's too; lanes store what they read.
  // CHECK-LABEL: gpu.func @widened(
  // CHECK: scf.for %[[K:.*]] = %{{.*}} to %c64 step %c1024 {
  // CHECK: vector.store %{{.*}}, %{{.*}}[%[[K]]] {{.*}} vector<32xf32>
  // CHECK-NOT: gpu.shuffle
  gpu.func @widened(%w: memref<68xi8>, %out: memref<64xf32>) kernel {
    %blocks = builtin.unrealized_conversion_cast %w : memref<68xi8> to memref<64x!cria.block<q8_0>>
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
        ins(%blocks : memref<64x!cria.block<q8_0>>) outs(%out : memref<64xf32>) {
    ^bb0(%b: !cria.block<q8_0>, %old: f32):
      %wide = cria.widen %b : !cria.block<q8_0>
      linalg.yield %wide : f32
    }
    gpu.return
  }

  // Columns of blocks are elements of a group each.
  // CHECK-LABEL: gpu.func @columns(
  // CHECK: arith.remui %{{.*}}, %c32
  // CHECK: vector.extract %{{.*}}[%{{.*}}] : f32 from vector<32xf32>
  gpu.func @columns(%p: memref<7xf32>, %v: memref<7x68xi8>, %out: memref<64xf32>) kernel {
    %blocks = builtin.unrealized_conversion_cast %v : memref<7x68xi8> to memref<7x64x!cria.block<q8_0>>
    linalg.generic {indexing_maps = [#last, #columns, #row], iterator_types = ["parallel", "reduction"]}
        ins(%p, %blocks : memref<7xf32>, memref<7x64x!cria.block<q8_0>>) outs(%out : memref<64xf32>) {
    ^bb0(%a: f32, %b: !cria.block<q8_0>, %sum: f32):
      %wide = cria.widen %b : !cria.block<q8_0>
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // Groups of a row are rounded by a thread each.
  // CHECK-LABEL: gpu.func @quantize(
  // CHECK-SAME: %[[X:.*]]: memref<3x64xf32>, %[[BYTES:.*]]: memref<3x68xi8>
  // CHECK: scf.for %[[AT:.*]] = %{{.*}} to %c6 step %c256
  // CHECK: %[[ROW:.*]] = arith.divui %[[AT]], %c2
  // CHECK: vector.load %[[X]][%[[ROW]], %{{.*}}] : memref<3x64xf32>, vector<32xf32>
  // CHECK: vector.store %{{.*}}, %[[BYTES]][%[[ROW]], %{{.*}}] : memref<3x68xi8>, vector<32xi8>
  // CHECK: gpu.barrier
  gpu.func @quantize(%x: memref<3x64xf32>, %q: memref<3x68xi8>) kernel {
    %blocks = builtin.unrealized_conversion_cast %q : memref<3x68xi8> to memref<3x64x!cria.block<q8_0>>
    cria.quantize %x into %blocks : memref<3x64xf32> into memref<3x64x!cria.block<q8_0>>
    gpu.return
  }

  // An index is the thread's.
  // CHECK-LABEL: gpu.func @number(
  // CHECK: %[[I:.*]]:2 = affine.delinearize_index
  // CHECK: arith.index_cast %[[I]]#1
  gpu.func @number(%out: memref<3x20xi64>) kernel {
    linalg.generic {indexing_maps = [#each], iterator_types = ["parallel", "parallel"]}
        outs(%out : memref<3x20xi64>) {
    ^bb0(%a: i64):
      %j = linalg.index 1 : index
      %number = arith.index_cast %j : index to i64
      linalg.yield %number : i64
    }
    gpu.return
  }
}
}

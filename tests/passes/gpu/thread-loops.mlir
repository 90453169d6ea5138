// RUN: cria-opt %s --cria-thread-loops --canonicalize --cse | FileCheck %s

#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>
#x = affine_map<(n, k) -> (k)>
#w = affine_map<(n, k) -> (n, k)>
#out = affine_map<(n, k) -> (n)>
#rows = affine_map<(c, k) -> (k, c)>

module attributes {dlti.target_system_spec = #target, gpu.container_module} {
gpu.module @kernels {
  // A row of a product is a warp's: lanes read 16 bytes each, add up in registers, and one stores.
  // CHECK-LABEL: gpu.func @dot(
  // CHECK-DAG: %[[THREAD:.*]] = gpu.thread_id x
  // CHECK-DAG: %[[LANE:.*]] = arith.remui %[[THREAD]], %c32
  // CHECK-DAG: %[[WARP:.*]] = arith.divui %[[THREAD]], %c32
  // CHECK: scf.for %[[N:.*]] = %[[WARP]] to %c24 step %c8
  // CHECK: %[[FIRST:.*]] = arith.cmpi eq, %[[LANE]], %c0
  // CHECK: %[[FROM:.*]] = arith.muli %[[LANE]], %c8
  // CHECK: %[[SUMS:.*]] = scf.for %[[K:.*]] = %[[FROM]] to %c512 step %c256 iter_args({{.*}}) -> (vector<8xf32>)
  // CHECK-DAG: vector.load {{.*}}[%[[K]]] {alignment = 16 : i64} : memref<512xf32>, vector<8xf32>
  // CHECK-DAG: vector.load {{.*}}[%[[N]], %[[K]]] {alignment = 16 : i64} : memref<24x512xbf16>, vector<8xbf16>
  // CHECK: vector.reduction <add>, %[[SUMS]]
  // CHECK-COUNT-5: gpu.shuffle xor
  // CHECK: scf.if %[[FIRST]]
  // CHECK-NEXT: memref.store %{{.*}}[%[[N]]]
  // CHECK: gpu.barrier
  gpu.func @dot(%x: memref<512xf32>, %w: memref<24x512xbf16>, %out: memref<24xf32>) kernel {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "reduction"]}
        ins(%x, %w : memref<512xf32>, memref<24x512xbf16>) outs(%out : memref<24xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide fastmath<reassoc, contract> : f32
      %next = arith.addf %sum, %product fastmath<reassoc, contract> : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // Columns are threads', which read side by side.
  // CHECK-LABEL: gpu.func @columns(
  // CHECK: scf.for %[[C:.*]] = %{{.*}} to %c40 step %c256
  // CHECK: %[[OLD:.*]] = memref.load %{{.*}}[%[[C]]] : memref<40xf32>
  // CHECK: %[[SUM:.*]] = scf.for %[[K:.*]] = %c0 to %c7 step %c1 iter_args(%{{.*}} = %[[OLD]]) -> (f32)
  // CHECK: memref.load %{{.*}}[%[[K]], %[[C]]]
  // CHECK: memref.store %[[SUM]], %{{.*}}[%[[C]]]
  // CHECK: gpu.barrier
  gpu.func @columns(%p: memref<7xf32>, %v: memref<7x40xf32>, %out: memref<40xf32>) kernel {
    linalg.generic {indexing_maps = [#x, #rows, #out], iterator_types = ["parallel", "reduction"]}
        ins(%p, %v : memref<7xf32>, memref<7x40xf32>) outs(%out : memref<40xf32>) {
    ^bb0(%a: f32, %b: f32, %sum: f32):
      %product = arith.mulf %a, %b : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // What one thread does is left to it.
  // CHECK-LABEL: gpu.func @one_thread(
  // CHECK: scf.if
  // CHECK-NEXT: memref.store
  // CHECK-NEXT: } {cria.one_thread}
  // CHECK-NEXT: gpu.return
  gpu.func @one_thread(%out: memref<4xf32>, %first: i1, %i: index, %x: f32) kernel {
    scf.if %first {
      memref.store %x, %out[%i] : memref<4xf32>
    } {cria.one_thread}
    gpu.return
  }
}
}

// How one op is dealt out, beyond what thread-loops.mlir shows.
// RUN: cria-opt %s --cria-thread-loops --canonicalize --cse | FileCheck %s

#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>
#each = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>

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

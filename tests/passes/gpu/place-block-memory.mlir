// RUN: cria-opt %s --cria-place-block-memory --canonicalize --allow-unregistered-dialect | FileCheck %s

// What fits goes to workgroup memory, up to the bound of its size, and what is too large to the
// block's part of the scratch: 3 · 2 blocks, each with 64 · 256 · 4 bytes.
// CHECK: #[[PART:.*]] = affine_map<()[s0, s1] -> (s0 * 65536 + s1 * 196608)>

// CHECK: module attributes {cria.scratch_bytes = 393216 : i64
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK-LABEL: gpu.func @k(
    // CHECK-SAME: %[[N:[a-z0-9]+]]: index, %[[SCRATCH:[a-z0-9]+]]: memref<393216xi8>) workgroup(%[[OWN:[a-z0-9]+]] : memref<4224xi8, #gpu.address_space<workgroup>> {llvm.align = 64 : i64}) kernel
    // CHECK-DAG: memref.memory_space_cast %[[OWN]]
    // CHECK-DAG: %[[X:.*]] = gpu.block_id x
    // CHECK-DAG: %[[Y:.*]] = gpu.block_id y
    // CHECK-DAG: %[[AT:.*]] = affine.apply #[[PART]]()[%[[X]], %[[Y]]]
    // CHECK-DAG: memref.view %[[SCRATCH]][%[[AT]]]
    // CHECK-NOT: memref.alloc
    // CHECK: "test.use"
    gpu.func @k(%n: index) kernel {
      %a = memref.alloc() : memref<10xf32>
      %b = memref.alloc() : memref<1xf32>
      %rows = affine.min affine_map<(n) -> (n, 64)>(%n)
      %c = memref.alloc(%rows) : memref<?x16xf32>
      %d = memref.alloc(%rows) : memref<?x256xf32>
      "test.use"(%a, %b, %c, %d) : (memref<10xf32>, memref<1xf32>, memref<?x16xf32>, memref<?x256xf32>) -> ()
      gpu.return
    }
  }
  // CHECK-LABEL: func.func @decode(
  // CHECK-SAME: !llvm.ptr, %[[COUNT:[a-z0-9]+]]: index, %[[MEMORY:[a-z0-9]+]]: memref<393216xi8>)
  // CHECK: args(%[[COUNT]] : index, %[[MEMORY]] : memref<393216xi8>)
  func.func @decode(%worker: !llvm.ptr, %n: index) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c3 = arith.constant 3 : index
    %c256 = arith.constant 256 : index
    gpu.launch_func @kernels::@k blocks in (%c3, %c2, %c1) threads in (%c256, %c1, %c1) args(%n : index)
    return
  }
}

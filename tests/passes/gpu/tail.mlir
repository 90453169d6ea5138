// RUN: cria-opt %s --split-input-file --cria-join-launches --canonicalize --cse | FileCheck %s

// Parts of two heads by two blocks of three each; a third kernel merges the parts of a head. The
// last block of each head does so. Counts wrap from 2 to 0.
// CHECK: #[[FIRST:.*]] = affine_map<()[s0] -> (s0 * 2)>
// CHECK: module attributes
// CHECK: llvm.mlir.global internal @decode_parts_counters(dense<0> : tensor<2xi32>) {addr_space = 1 : i32, alignment = 4 : i64} : !llvm.array<2 x i32>
// CHECK-LABEL: gpu.func @decode_parts(
// CHECK-SAME: %[[PARTS:[a-z0-9]+]]: memref<3x4x8xf32>, %[[OUT:[a-z0-9]+]]: memref<4x8xf32>) kernel
// CHECK-DAG: %[[COUNTERS:.*]] = llvm.mlir.addressof @decode_parts_counters : !llvm.ptr<1>
// CHECK-DAG: %[[HEAD:.*]] = gpu.block_id x
// CHECK-DAG: %[[PART:.*]] = gpu.block_id y
// CHECK-DAG: %[[FROM:.*]] = affine.apply #[[FIRST]]()[%[[HEAD]]]
// CHECK: linalg.fill
// CHECK-NOT: llvm.fence
// CHECK: gpu.barrier
// CHECK: %[[COUNT:.*]] = memref.alloc() : memref<1xi32>
// CHECK: %[[THREAD:.*]] = gpu.thread_id x
// CHECK: %[[IS_FIRST:.*]] = arith.cmpi eq, %[[THREAD]], %c0
// CHECK: scf.if %[[IS_FIRST]] {
// CHECK: %[[OWN:.*]] = llvm.getelementptr %[[COUNTERS]]
// CHECK: llvm.fence syncscope("device") release
// CHECK: %[[BEFORE:.*]] = llvm.atomicrmw uinc_wrap %[[OWN]], %c2_i32 syncscope("device") monotonic
// CHECK: llvm.fence syncscope("device") acquire
// CHECK: memref.store %[[BEFORE]], %[[COUNT]]
// CHECK: } {cria.one_thread}
// CHECK: gpu.barrier
// CHECK: %[[SEEN:.*]] = memref.load %[[COUNT]]
// CHECK: %[[LAST:.*]] = arith.cmpi eq, %[[SEEN]], %c2_i32
// CHECK: scf.if %[[LAST]] {
// CHECK: memref.subview %[[PARTS]][0, %[[FROM]], 0]
// CHECK: memref.subview %[[OUT]][%[[FROM]], 0]
// CHECK: linalg.generic
// CHECK: gpu.return
module attributes {gpu.container_module, cria.kernels = [
    {name = "decode.parts", calls = 4 : i64, bytes = array<i64: 100, 0, 0, 0>, flops = array<i64: 5, 0, 0, 0>},
    {name = "decode.merge", calls = 4 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>}]} {
  gpu.module @kernels {
    gpu.func @decode_parts(%parts: memref<3x4x8xf32>) kernel {
      %x = gpu.block_id x
      %y = gpu.block_id y
      %zero = arith.constant 0.0 : f32
      %h = affine.apply affine_map<()[s0] -> (s0 * 2)>()[%x]
      %own = memref.subview %parts[%y, %h, 0] [1, 2, 8] [1, 1, 1]
           : memref<3x4x8xf32> to memref<2x8xf32, strided<[8, 1], offset: ?>>
      linalg.fill ins(%zero : f32) outs(%own : memref<2x8xf32, strided<[8, 1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_merge(%parts: memref<3x4x8xf32>, %out: memref<4x8xf32>) kernel {
      %x = gpu.block_id x
      %h = affine.apply affine_map<()[s0] -> (s0 * 2)>()[%x]
      %all = memref.subview %parts[0, %h, 0] [3, 2, 8] [1, 1, 1]
           : memref<3x4x8xf32> to memref<3x2x8xf32, strided<[32, 8, 1], offset: ?>>
      %own = memref.subview %out[%h, 0] [2, 8] [1, 1]
           : memref<4x8xf32> to memref<2x8xf32, strided<[8, 1], offset: ?>>
      linalg.generic {indexing_maps = [affine_map<(h, e, p) -> (p, h, e)>, affine_map<(h, e, p) -> (h, e)>],
                      iterator_types = ["parallel", "parallel", "reduction"]}
          ins(%all : memref<3x2x8xf32, strided<[32, 8, 1], offset: ?>>)
          outs(%own : memref<2x8xf32, strided<[8, 1], offset: ?>>) {
        ^bb0(%a: f32, %b: f32):
          %s = arith.addf %a, %b : f32
          linalg.yield %s : f32
      }
      gpu.return
    }
  }
  func.func @decode(%parts: memref<3x4x8xf32>, %out: memref<4x8xf32>) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c3 = arith.constant 3 : index
    %c256 = arith.constant 256 : index
    gpu.launch_func @kernels::@decode_parts blocks in (%c2, %c3, %c1) threads in (%c256, %c1, %c1)
        args(%parts : memref<3x4x8xf32>)
    gpu.launch_func @kernels::@decode_merge blocks in (%c2, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%parts : memref<3x4x8xf32>, %out : memref<4x8xf32>)
    return
  }
}

// -----

// On AMD's GPUs each thread waits for its own writes. All blocks are one group of one block that
// follows, whatever it reads.
// CHECK-LABEL: gpu.func @decode_all(
// CHECK: linalg.fill
// CHECK: llvm.fence syncscope("agent") release
// CHECK-NEXT: gpu.barrier
// CHECK: llvm.fence syncscope("agent") release
// CHECK: llvm.atomicrmw uinc_wrap %{{.*}}, %c3_i32 syncscope("agent") monotonic
// CHECK: llvm.fence syncscope("agent") acquire
// CHECK: scf.if
// CHECK-NEXT: llvm.fence syncscope("agent") acquire
// CHECK-NEXT: linalg.copy
#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64, "dialect" = "rocdl">>
module attributes {dlti.target_system_spec = #target, gpu.container_module, cria.kernels = [
    {name = "decode.all", calls = 1 : i64, bytes = array<i64: 100, 0, 0, 0>, flops = array<i64: 5, 0, 0, 0>},
    {name = "decode.copy", calls = 1 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>}]} {
  gpu.module @kernels {
    gpu.func @decode_all(%a: memref<4x8xf32>) kernel {
      %x = gpu.block_id x
      %zero = arith.constant 0.0 : f32
      %own = memref.subview %a[%x, 0] [1, 8] [1, 1]
           : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.fill ins(%zero : f32) outs(%own : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_copy(%a: memref<4x8xf32>, %b: memref<4x8xf32>) kernel {
      linalg.copy ins(%a : memref<4x8xf32>) outs(%b : memref<4x8xf32>)
      gpu.return
    }
  }
  func.func @decode(%a: memref<4x8xf32>, %b: memref<4x8xf32>) {
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %c256 = arith.constant 256 : index
    gpu.launch_func @kernels::@decode_all blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%a : memref<4x8xf32>)
    gpu.launch_func @kernels::@decode_copy blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%a : memref<4x8xf32>, %b : memref<4x8xf32>)
    return
  }
}

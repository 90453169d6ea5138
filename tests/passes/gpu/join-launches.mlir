// RUN: cria-opt %s --split-input-file --cria-join-launches --canonicalize --cse | FileCheck %s

// Two launches are one, with the arguments of both, and one row of the table.
// CHECK: module attributes
// CHECK-SAME: cria.kernels = [{bytes = array<i64: 300, 20, 1, 0>, calls = 4 : i64, flops = array<i64: 7, 0, 0, 0>, name = "decode.a", tails = ["decode.b+c"]},
// CHECK-SAME: {bytes = array<i64: 9, 0, 0, 0>, calls = 1 : i64, flops = array<i64: 9, 0, 0, 0>, name = "decode.d"}]
// CHECK: gpu.func @decode_a(
// CHECK-SAME: %{{.*}}: memref<8xf32>, %{{.*}}: f32, %[[B:[a-z0-9]+]]: memref<8xf32>) kernel
// CHECK: scf.if
// CHECK: linalg.fill ins(%{{.*}}) outs(%[[B]]
// CHECK-NOT: @decode_b_c
// CHECK: gpu.func @decode_d(
// CHECK-LABEL: func.func @decode(
// CHECK-SAME: %[[A:[a-z0-9]+]]: memref<8xf32>, %[[C:[a-z0-9]+]]: memref<8xf32>, %[[X:[a-z0-9]+]]: f32)
// CHECK: gpu.launch_func @kernels::@decode_a blocks in (%c2, %c1, %c1)
// CHECK-SAME: args(%[[A]] : memref<8xf32>, %[[X]] : f32, %[[C]] : memref<8xf32>)
// CHECK-NEXT: gpu.launch_func @kernels::@decode_d
module attributes {gpu.container_module, cria.kernels = [
    {name = "decode.a", calls = 4 : i64, bytes = array<i64: 100, 0, 1, 0>, flops = array<i64: 5, 0, 0, 0>},
    {name = "decode.b+c", calls = 4 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>},
    {name = "decode.d", calls = 1 : i64, bytes = array<i64: 9, 0, 0, 0>, flops = array<i64: 9, 0, 0, 0>}]} {
  gpu.module @kernels {
    gpu.func @decode_a(%a: memref<8xf32>, %x: f32) kernel {
      linalg.fill ins(%x : f32) outs(%a : memref<8xf32>)
      gpu.return
    }
    gpu.func @decode_b_c(%x: f32, %b: memref<8xf32>) kernel {
      linalg.fill ins(%x : f32) outs(%b : memref<8xf32>)
      gpu.return
    }
    gpu.func @decode_d(%a: memref<8xf32>, %x: f32) kernel {
      linalg.fill ins(%x : f32) outs(%a : memref<8xf32>)
      gpu.return
    }
  }
  func.func @decode(%a: memref<8xf32>, %b: memref<8xf32>, %x: f32) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c256 = arith.constant 256 : index
    gpu.launch_func @kernels::@decode_a blocks in (%c2, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%a : memref<8xf32>, %x : f32)
    gpu.launch_func @kernels::@decode_b_c blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%x : f32, %b : memref<8xf32>)
    gpu.launch_func @kernels::@decode_d blocks in (%c2, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%a : memref<8xf32>, %x : f32)
    return
  }
}

// -----

// What stays apart: a kernel whose block moves more than 64 KiB, one that moves more with a longer
// context, one whose workgroup memory does not fit, one that does not directly follow, and one whose
// grid depends on the tokens.
// CHECK-LABEL: func.func @decode(
// CHECK: gpu.launch_func @kernels::@decode_a
// CHECK: gpu.launch_func @kernels::@decode_large
// CHECK: gpu.launch_func @kernels::@decode_b
// CHECK: gpu.launch_func @kernels::@decode_context
// CHECK: gpu.launch_func @kernels::@decode_c
// CHECK: gpu.launch_func @kernels::@decode_workgroup
// CHECK: gpu.launch_func @kernels::@decode_d
// CHECK: call @other
// CHECK: gpu.launch_func @kernels::@decode_later
// CHECK: gpu.launch_func @kernels::@decode_tokens
module attributes {gpu.container_module, cria.kernels = [
    {name = "decode.a", calls = 1 : i64, bytes = array<i64: 8, 0, 0, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.large", calls = 1 : i64, bytes = array<i64: 65500, 37, 0, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.b", calls = 1 : i64, bytes = array<i64: 65537, 0, 0, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.context", calls = 1 : i64, bytes = array<i64: 8, 0, 1, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.c", calls = 1 : i64, bytes = array<i64: 65537, 0, 0, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.workgroup", calls = 1 : i64, bytes = array<i64: 8, 0, 0, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.d", calls = 1 : i64, bytes = array<i64: 65537, 0, 0, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.later", calls = 1 : i64, bytes = array<i64: 8, 0, 0, 0>, flops = array<i64: 0, 0, 0, 0>},
    {name = "decode.tokens", calls = 1 : i64, bytes = array<i64: 8, 0, 0, 0>, flops = array<i64: 0, 0, 0, 0>}]} {
  gpu.module @kernels {
    gpu.func @decode_a() kernel { gpu.return }
    gpu.func @decode_large() kernel { gpu.return }
    gpu.func @decode_b() kernel { gpu.return }
    gpu.func @decode_context() kernel { gpu.return }
    gpu.func @decode_c(%x: f32) kernel {
      %own = memref.alloc() : memref<6144xf32>
      linalg.fill ins(%x : f32) outs(%own : memref<6144xf32>)
      gpu.return
    }
    gpu.func @decode_workgroup(%x: f32) kernel {
      %own = memref.alloc() : memref<6144xf32>
      linalg.fill ins(%x : f32) outs(%own : memref<6144xf32>)
      gpu.return
    }
    gpu.func @decode_d() kernel { gpu.return }
    gpu.func @decode_later() kernel { gpu.return }
    gpu.func @decode_tokens() kernel { gpu.return }
  }
  func.func private @other()
  func.func @decode(%x: f32, %n: index) {
    %c1 = arith.constant 1 : index
    %c256 = arith.constant 256 : index
    gpu.launch_func @kernels::@decode_a blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
    gpu.launch_func @kernels::@decode_large blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
    gpu.launch_func @kernels::@decode_b blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
    gpu.launch_func @kernels::@decode_context blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
    gpu.launch_func @kernels::@decode_c blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1) args(%x : f32)
    gpu.launch_func @kernels::@decode_workgroup blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1) args(%x : f32)
    gpu.launch_func @kernels::@decode_d blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
    func.call @other() : () -> ()
    gpu.launch_func @kernels::@decode_later blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1)
    gpu.launch_func @kernels::@decode_tokens blocks in (%n, %c1, %c1) threads in (%c256, %c1, %c1)
    return
  }
}

// RUN: cria-opt %s --split-input-file --cria-split-products | FileCheck %s

// Eight cores for two kv heads: queries, keys and values are products on a grid of their rows, and
// what follows them is on the grid of heads. The scale of the norm belongs to the products.
// CHECK: module
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 1024 : i64, "cores" = 8 : i64>>} {
  // CHECK-LABEL: @qkv
  // CHECK: %[[MADE:.*]]:3 = cria.kernel "qkv" -> tensor<1x64xf32>, tensor<1x32xf32>, tensor<1x32xf32> {
  // CHECK: cria.rms_scale
  // CHECK-COUNT-3: cria.linear
  // CHECK-NOT: cria.rope
  // CHECK: cria.yield
  // CHECK: %[[REST:.*]]:3 = cria.kernel "rope+kv_append" -> tensor<1x4x16xf32>, tensor<2x64x16xf32>, tensor<2x64x16xf32> {
  // CHECK-NOT: cria.linear
  // CHECK-NOT: cria.rms_scale
  // CHECK: tensor.expand_shape %[[MADE]]#0
  // CHECK: cria.rope
  // CHECK: tensor.expand_shape %[[MADE]]#1
  // CHECK: cria.rope
  // CHECK: cria.kv_append
  // CHECK: tensor.expand_shape %[[MADE]]#2
  // CHECK: cria.kv_append
  // CHECK: return %[[REST]]#0, %[[REST]]#1, %[[REST]]#2
  func.func @qkv(%x: tensor<1x64xf32>, %wq: tensor<64x64xf32>, %wk: tensor<32x64xf32>,
                 %wv: tensor<32x64xf32>, %g: tensor<64xf32>, %c: tensor<1x8xf32>, %p: index,
                 %k: tensor<2x64x16xf32>, %v: tensor<2x64x16xf32>)
      -> (tensor<1x4x16xf32>, tensor<2x64x16xf32>, tensor<2x64x16xf32>) {
    %y:3 = cria.kernel "qkv" -> tensor<1x4x16xf32>, tensor<2x64x16xf32>, tensor<2x64x16xf32> {
      %e = tensor.empty() : tensor<1xf32>
      %s = cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : tensor<1x64xf32> into tensor<1xf32>
      %e0 = tensor.empty() : tensor<1x64xf32>
      %e1 = tensor.empty() : tensor<1x32xf32>
      %0 = cria.linear %x, %wq gain %g scale %s into %e0
         : tensor<1x64xf32>, tensor<64x64xf32> gain tensor<64xf32> scale tensor<1xf32> into tensor<1x64xf32>
      %1 = cria.linear %x, %wk gain %g scale %s into %e1
         : tensor<1x64xf32>, tensor<32x64xf32> gain tensor<64xf32> scale tensor<1xf32> into tensor<1x32xf32>
      %2 = cria.linear %x, %wv gain %g scale %s into %e1
         : tensor<1x64xf32>, tensor<32x64xf32> gain tensor<64xf32> scale tensor<1xf32> into tensor<1x32xf32>
      %q0 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [1, 4, 16]
         : tensor<1x64xf32> into tensor<1x4x16xf32>
      %e2 = tensor.empty() : tensor<1x4x16xf32>
      %q1 = cria.rope %q0, %c, %c into %e2
         : tensor<1x4x16xf32>, tensor<1x8xf32>, tensor<1x8xf32> into tensor<1x4x16xf32>
      %k0 = tensor.expand_shape %1 [[0], [1, 2]] output_shape [1, 2, 16]
         : tensor<1x32xf32> into tensor<1x2x16xf32>
      %e3 = tensor.empty() : tensor<1x2x16xf32>
      %k1 = cria.rope %k0, %c, %c into %e3
         : tensor<1x2x16xf32>, tensor<1x8xf32>, tensor<1x8xf32> into tensor<1x2x16xf32>
      %k2 = cria.kv_append %k1 at %p into %k : tensor<1x2x16xf32> into tensor<2x64x16xf32>
      %v0 = tensor.expand_shape %2 [[0], [1, 2]] output_shape [1, 2, 16]
         : tensor<1x32xf32> into tensor<1x2x16xf32>
      %v1 = cria.kv_append %v0 at %p into %v : tensor<1x2x16xf32> into tensor<2x64x16xf32>
      cria.yield %q1, %k2, %v1
         : tensor<1x4x16xf32>, tensor<2x64x16xf32>, tensor<2x64x16xf32>
    }
    return %y#0, %y#1, %y#2 : tensor<1x4x16xf32>, tensor<2x64x16xf32>, tensor<2x64x16xf32>
  }

  // A product that others read too is a result of the first kernel alone.
  // CHECK-LABEL: @also_read
  // CHECK: %[[MADE:.*]]:2 = cria.kernel "qk" -> tensor<1x64xf32>, tensor<1x64xf32>
  // CHECK: %[[REST:.*]] = cria.kernel "rope" -> tensor<1x4x16xf32>
  // CHECK: return %[[MADE]]#1, %[[REST]]
  func.func @also_read(%x: tensor<1x64xf32>, %wq: tensor<64x64xf32>, %wk: tensor<64x64xf32>,
                       %c: tensor<1x8xf32>) -> (tensor<1x64xf32>, tensor<1x4x16xf32>) {
    %y:2 = cria.kernel "qk" -> tensor<1x64xf32>, tensor<1x4x16xf32> {
      %e0 = tensor.empty() : tensor<1x64xf32>
      %0 = cria.linear %x, %wq into %e0
         : tensor<1x64xf32>, tensor<64x64xf32> into tensor<1x64xf32>
      %1 = cria.linear %x, %wk into %e0
         : tensor<1x64xf32>, tensor<64x64xf32> into tensor<1x64xf32>
      %q0 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [1, 4, 16]
         : tensor<1x64xf32> into tensor<1x4x16xf32>
      %e2 = tensor.empty() : tensor<1x4x16xf32>
      %q1 = cria.rope %q0, %c, %c into %e2
         : tensor<1x4x16xf32>, tensor<1x8xf32>, tensor<1x8xf32> into tensor<1x4x16xf32>
      cria.yield %1, %q1 : tensor<1x64xf32>, tensor<1x4x16xf32>
    }
    return %y#0, %y#1 : tensor<1x64xf32>, tensor<1x4x16xf32>
  }

  // What has the grid of its products stays with them.
  // CHECK-LABEL: @swiglu
  // CHECK: cria.linear
  // CHECK: cria.linear
  // CHECK-NEXT: cria.swiglu
  func.func @swiglu(%x: tensor<1x64xf32>, %w: tensor<64x64xf32>, %e: tensor<1x64xf32>)
      -> tensor<1x64xf32> {
    %y = cria.kernel "gate_up" -> tensor<1x64xf32> {
      %0 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<64x64xf32> into tensor<1x64xf32>
      %1 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<64x64xf32> into tensor<1x64xf32>
      %2 = cria.swiglu %0, %1 into %e
         : tensor<1x64xf32>, tensor<1x64xf32> into tensor<1x64xf32>
      cria.yield %2 : tensor<1x64xf32>
    }
    return %y : tensor<1x64xf32>
  }

  // As many heads as cores keep all of them busy.
  // CHECK-LABEL: @heads
  // CHECK: cria.linear
  // CHECK: cria.rope
  func.func @heads(%x: tensor<1x64xf32>, %w: tensor<64x64xf32>, %c: tensor<1x4xf32>)
      -> tensor<1x8x8xf32> {
    %y = cria.kernel "q" -> tensor<1x8x8xf32> {
      %e0 = tensor.empty() : tensor<1x64xf32>
      %0 = cria.linear %x, %w into %e0
         : tensor<1x64xf32>, tensor<64x64xf32> into tensor<1x64xf32>
      %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [1, 8, 8]
         : tensor<1x64xf32> into tensor<1x8x8xf32>
      %e1 = tensor.empty() : tensor<1x8x8xf32>
      %2 = cria.rope %1, %c, %c into %e1
         : tensor<1x8x8xf32>, tensor<1x4xf32>, tensor<1x4xf32> into tensor<1x8x8xf32>
      cria.yield %2 : tensor<1x8x8xf32>
    }
    return %y : tensor<1x8x8xf32>
  }

  // What a core could be spared is less than a first-level cache: 64 · 8 · 4 bytes of weights.
  // CHECK-LABEL: @small
  // CHECK: cria.linear
  // CHECK: cria.rope
  func.func @small(%x: tensor<1x8xf32>, %w: tensor<64x8xf32>, %c: tensor<1x16xf32>)
      -> tensor<1x2x32xf32> {
    %y = cria.kernel "q" -> tensor<1x2x32xf32> {
      %e0 = tensor.empty() : tensor<1x64xf32>
      %0 = cria.linear %x, %w into %e0
         : tensor<1x8xf32>, tensor<64x8xf32> into tensor<1x64xf32>
      %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [1, 2, 32]
         : tensor<1x64xf32> into tensor<1x2x32xf32>
      %e1 = tensor.empty() : tensor<1x2x32xf32>
      %2 = cria.rope %1, %c, %c into %e1
         : tensor<1x2x32xf32>, tensor<1x16xf32>, tensor<1x16xf32> into tensor<1x2x32xf32>
      cria.yield %2 : tensor<1x2x32xf32>
    }
    return %y : tensor<1x2x32xf32>
  }

  // A prompt: sums of only 8 products each are worth less than what is written and read again.
  // CHECK-LABEL: @traffic
  // CHECK: cria.linear
  // CHECK: cria.rope
  func.func @traffic(%x: tensor<64x8xf32>, %w: tensor<56x8xf32>, %c: tensor<64x4xf32>)
      -> tensor<64x7x8xf32> {
    %y = cria.kernel "q" -> tensor<64x7x8xf32> {
      %e0 = tensor.empty() : tensor<64x56xf32>
      %0 = cria.linear %x, %w into %e0
         : tensor<64x8xf32>, tensor<56x8xf32> into tensor<64x56xf32>
      %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [64, 7, 8]
         : tensor<64x56xf32> into tensor<64x7x8xf32>
      %e1 = tensor.empty() : tensor<64x7x8xf32>
      %2 = cria.rope %1, %c, %c into %e1
         : tensor<64x7x8xf32>, tensor<64x4xf32>, tensor<64x4xf32> into tensor<64x7x8xf32>
      cria.yield %2 : tensor<64x7x8xf32>
    }
    return %y : tensor<64x7x8xf32>
  }
}

// -----

// Blocks of a GPU begin all at once, so tiles of the second kernel are as small as can be.
// CHECK: module
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"GPU" =
    #dlti.target_device_spec<"l1_bytes" = 1024 : i64, "cores" = 8 : i64, "vector_bits" = 1024 : i64>>} {
  // CHECK-LABEL: @blocks
  // CHECK: cria.kernel "q" -> tensor<1x64xf32>
  // CHECK: cria.kernel "rope" schedule<tiles = [0, 1]> -> tensor<1x2x32xf32>
  func.func @blocks(%x: tensor<1x64xf32>, %w: tensor<64x64xf32>, %c: tensor<1x16xf32>)
      -> tensor<1x2x32xf32> {
    %y = cria.kernel "q" -> tensor<1x2x32xf32> {
      %e0 = tensor.empty() : tensor<1x64xf32>
      %0 = cria.linear %x, %w into %e0
         : tensor<1x64xf32>, tensor<64x64xf32> into tensor<1x64xf32>
      %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [1, 2, 32]
         : tensor<1x64xf32> into tensor<1x2x32xf32>
      %e1 = tensor.empty() : tensor<1x2x32xf32>
      %2 = cria.rope %1, %c, %c into %e1
         : tensor<1x2x32xf32>, tensor<1x16xf32>, tensor<1x16xf32> into tensor<1x2x32xf32>
      cria.yield %2 : tensor<1x2x32xf32>
    }
    return %y : tensor<1x2x32xf32>
  }
}

// -----

// Without a description, the machine has one core.
// CHECK-LABEL: @one_core
// CHECK: cria.linear
// CHECK: cria.rope
func.func @one_core(%x: tensor<1x4096xf32>, %w: tensor<4096x4096xf32>, %c: tensor<1x2048xf32>)
    -> tensor<1x1x4096xf32> {
  %y = cria.kernel "q" -> tensor<1x1x4096xf32> {
    %e0 = tensor.empty() : tensor<1x4096xf32>
    %0 = cria.linear %x, %w into %e0
       : tensor<1x4096xf32>, tensor<4096x4096xf32> into tensor<1x4096xf32>
    %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [1, 1, 4096]
       : tensor<1x4096xf32> into tensor<1x1x4096xf32>
    %e1 = tensor.empty() : tensor<1x1x4096xf32>
    %2 = cria.rope %1, %c, %c into %e1
       : tensor<1x1x4096xf32>, tensor<1x2048xf32>, tensor<1x2048xf32> into tensor<1x1x4096xf32>
    cria.yield %2 : tensor<1x1x4096xf32>
  }
  return %y : tensor<1x1x4096xf32>
}

// RUN: cria-opt %s --cria-choose-schedule | FileCheck %s

// 256-bit vectors, 16 registers: blocks of 6 rows and two vectors.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 256 : i64, "vector_registers" = 16 : i64,
        "l1_bytes" = 16384 : i64, "l2_bytes" = 65536 : i64, "prefetch_bytes" = 4096 : i64,
        "cores" = 2 : i64>>} {
  // CHECK-LABEL: @product
  // What is asked for ahead is shared by the four streams.
  // CHECK: cria.kernel "large" schedule<tiles = [0, {{[0-9]+}}], block = [6, 16], depth = 256, streams = 4, prefetch = 1024>
  // CHECK: cria.kernel "small" schedule<block = [6, 16], depth = 256, streams = 4, prefetch = 1024>
  // CHECK: cria.kernel "given" schedule<tiles = [0, 5]>
  func.func @product(%x: tensor<1x64xf32>, %w: tensor<960x64xf32>, %v: tensor<8x64xf32>,
                     %e: tensor<1x960xf32>, %f: tensor<1x8xf32>)
      -> (tensor<1x960xf32>, tensor<1x8xf32>, tensor<1x960xf32>) {
    %large = cria.kernel "large" -> tensor<1x960xf32> {
      %0 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<960x64xf32> into tensor<1x960xf32>
      cria.yield %0 : tensor<1x960xf32>
    }
    %small = cria.kernel "small" -> tensor<1x8xf32> {
      %0 = cria.linear %x, %v into %f : tensor<1x64xf32>, tensor<8x64xf32> into tensor<1x8xf32>
      cria.yield %0 : tensor<1x8xf32>
    }
    // A schedule that is there stays.
    %given = cria.kernel "given" schedule<tiles = [0, 5]> -> tensor<1x960xf32> {
      %0 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<960x64xf32> into tensor<1x960xf32>
      cria.yield %0 : tensor<1x960xf32>
    }
    return %large, %small, %given : tensor<1x960xf32>, tensor<1x8xf32>, tensor<1x960xf32>
  }

  // Keys and values of a block stay in the first-level cache: 16384 / (2 · 64 · 4) rows. While one token
  // uses them, the next ones are asked for.
  // CHECK-LABEL: @attention
  // CHECK: cria.kernel "attend" schedule<tiles = [0, 1], block = [6, 16], depth = 256, keys = 32, streams = 4, prefetch = 8192>
  func.func @attention(%q: tensor<1x4x64xf32>, %k: tensor<2x512x64xf32>, %p: index,
                       %e: tensor<1x4x64xf32>) -> tensor<1x4x64xf32> {
    %y = cria.kernel "attend" -> tensor<1x4x64xf32> {
      %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<1x4x64xf32>, tensor<2x512x64xf32>, tensor<2x512x64xf32> into tensor<1x4x64xf32>
      cria.yield %0 : tensor<1x4x64xf32>
    }
    return %y : tensor<1x4x64xf32>
  }

  // A small kernel without products has all defaults, and so no schedule.
  // CHECK-LABEL: @norm
  // CHECK: cria.kernel "norm" -> tensor<1x64xf32> {
  func.func @norm(%x: tensor<1x64xf32>, %e: tensor<1x64xf32>) -> tensor<1x64xf32> {
    %y = cria.kernel "norm" -> tensor<1x64xf32> {
      %0 = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<1x64xf32> into tensor<1x64xf32>
      cria.yield %0 : tensor<1x64xf32>
    }
    return %y : tensor<1x64xf32>
  }
}

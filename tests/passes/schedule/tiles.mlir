// RUN: cria-opt %s --split-input-file --cria-choose-schedule | FileCheck %s

// One token: 16 tiles per core. Many tokens, of which all tiles read more than the second-level
// cache keeps: 4 per core.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 512 : i64, "vector_registers" = 32 : i64,
        "l1_bytes" = 32768 : i64, "l2_bytes" = 524288 : i64, "cores" = 2 : i64>>} {
  // CHECK-LABEL: @few
  // CHECK: cria.kernel "one" schedule<tiles = [0, 64],
  // CHECK: cria.kernel "many" schedule<tiles = [0, 256],
  func.func @few(%x: tensor<1x1024xf32>, %xs: tensor<128x1024xf32>, %w: tensor<2048x1024xf32>,
                 %e: tensor<1x2048xf32>, %es: tensor<128x2048xf32>)
      -> (tensor<1x2048xf32>, tensor<128x2048xf32>) {
    %one = cria.kernel "one" -> tensor<1x2048xf32> {
      %0 = cria.linear %x, %w into %e : tensor<1x1024xf32>, tensor<2048x1024xf32> into tensor<1x2048xf32>
      cria.yield %0 : tensor<1x2048xf32>
    }
    %many = cria.kernel "many" -> tensor<128x2048xf32> {
      %0 = cria.linear %xs, %w into %es
         : tensor<128x1024xf32>, tensor<2048x1024xf32> into tensor<128x2048xf32>
      cria.yield %0 : tensor<128x2048xf32>
    }
    return %one, %many : tensor<1x2048xf32>, tensor<128x2048xf32>
  }
}

// -----

// With many cores a tile still has the outputs that are computed side by side.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 512 : i64, "vector_registers" = 32 : i64,
        "l1_bytes" = 32768 : i64, "l2_bytes" = 524288 : i64, "cores" = 64 : i64>>} {
  // CHECK-LABEL: @cores
  // CHECK: cria.kernel "many" schedule<tiles = [0, 32], block = [8, 32],
  func.func @cores(%xs: tensor<128x1024xf32>, %w: tensor<2048x1024xf32>, %es: tensor<128x2048xf32>)
      -> tensor<128x2048xf32> {
    %many = cria.kernel "many" -> tensor<128x2048xf32> {
      %0 = cria.linear %xs, %w into %es
         : tensor<128x1024xf32>, tensor<2048x1024xf32> into tensor<128x2048xf32>
      cria.yield %0 : tensor<128x2048xf32>
    }
    return %many : tensor<128x2048xf32>
  }
}

// -----

// Tensor cores multiply 32 outputs at a time. A head is 64 of them, so each can be a tile.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"GPU" =
    #dlti.target_device_spec<"vector_bits" = 1024 : i64, "cores" = 132 : i64,
        "features" = ["mma-bf16x3"]>>} {
  // CHECK-LABEL: @heads
  // CHECK: cria.kernel "q" schedule<tiles = [0, 1], unit = mma_bf16x3>
  func.func @heads(%xs: tensor<128x1024xf32>, %w: tensor<512x1024xbf16>, %cos: tensor<128x32xf32>,
                   %sin: tensor<128x32xf32>) -> tensor<128x8x64xf32> {
    %q = cria.kernel "q" -> tensor<128x8x64xf32> {
      %e = tensor.empty() : tensor<128x512xf32>
      %0 = cria.linear %xs, %w into %e
         : tensor<128x1024xf32>, tensor<512x1024xbf16> into tensor<128x512xf32>
      %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [128, 8, 64]
         : tensor<128x512xf32> into tensor<128x8x64xf32>
      %f = tensor.empty() : tensor<128x8x64xf32>
      %2 = cria.rope %1, %cos, %sin into %f
         : tensor<128x8x64xf32>, tensor<128x32xf32>, tensor<128x32xf32> into tensor<128x8x64xf32>
      cria.yield %2 : tensor<128x8x64xf32>
    }
    return %q : tensor<128x8x64xf32>
  }
}

// -----

// Attention alone is split along its tokens too, so that 8 heads are 256 blocks; on a CPU it is not.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"GPU" =
    #dlti.target_device_spec<"vector_bits" = 1024 : i64, "cores" = 132 : i64>>} {
  // CHECK-LABEL: @blocks
  // CHECK: cria.kernel "attend" schedule<tiles = [8, 1], keys = 64>
  func.func @blocks(%q: tensor<256x32x64xf32>, %k: tensor<8x4096x64xf32>, %p: index,
                    %e: tensor<256x32x64xf32>) -> tensor<256x32x64xf32> {
    %y = cria.kernel "attend" -> tensor<256x32x64xf32> {
      %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<256x32x64xf32>, tensor<8x4096x64xf32>, tensor<8x4096x64xf32> into tensor<256x32x64xf32>
      cria.yield %0 : tensor<256x32x64xf32>
    }
    return %y : tensor<256x32x64xf32>
  }
}

// -----

module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"cores" = 132 : i64>>} {
  // CHECK-LABEL: @threads
  // CHECK: cria.kernel "attend" schedule<tiles = [0, 1],
  func.func @threads(%q: tensor<256x32x64xf32>, %k: tensor<8x4096x64xf32>, %p: index,
                     %e: tensor<256x32x64xf32>) -> tensor<256x32x64xf32> {
    %y = cria.kernel "attend" -> tensor<256x32x64xf32> {
      %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<256x32x64xf32>, tensor<8x4096x64xf32>, tensor<8x4096x64xf32> into tensor<256x32x64xf32>
      cria.yield %0 : tensor<256x32x64xf32>
    }
    return %y : tensor<256x32x64xf32>
  }
}

// RUN: cria-opt %s --split-input-file --cria-choose-schedule --cria-tile-kernels --canonicalize --cse | FileCheck %s

// Without a description: 32 KiB of L1, 256 KiB of L2. A weight of 512 KiB is work for 16 tiles of
// an L1 each, of 16 rows.
// CHECK-LABEL: @split
// CHECK-SAME: (%[[X:.*]]: tensor<1x512xf32>, %[[W:.*]]: tensor<256x512xf32>, %[[E:.*]]: tensor<1x256xf32>)
func.func @split(%x: tensor<1x512xf32>, %w: tensor<256x512xf32>,
                 %e: tensor<1x256xf32>) -> tensor<1x256xf32> {
  // CHECK: cria.kernel "linear"
  // CHECK: scf.forall (%[[I:.*]]) = (0) to (256) step (16) shared_outs(%[[OUT:.*]] = %[[E]])
  // CHECK-DAG: %[[ROWS:.*]] = tensor.extract_slice %[[W]][%[[I]], 0] [16, 512] [1, 1]
  // CHECK-DAG: %[[INTO:.*]] = tensor.extract_slice %[[OUT]][0, %[[I]]] [1, 16] [1, 1]
  // CHECK: %[[Y:.*]] = cria.linear %[[X]], %[[ROWS]] into %[[INTO]]
  // CHECK: tensor.parallel_insert_slice %[[Y]] into %[[OUT]][0, %[[I]]] [1, 16] [1, 1]
  // CHECK: cria.yield
  %y = cria.kernel "linear" -> tensor<1x256xf32> {
    %0 = cria.linear %x, %w into %e
       : tensor<1x512xf32>, tensor<256x512xf32> into tensor<1x256xf32>
    cria.yield %0 : tensor<1x256xf32>
  }
  return %y : tensor<1x256xf32>
}

// 24 KiB fit the L1: one core is done before another has started.
// CHECK-LABEL: @small
// CHECK-NOT: scf.forall
func.func @small(%x: tensor<1x64xf32>, %w: tensor<96x64xf32>,
                 %e: tensor<1x96xf32>) -> tensor<1x96xf32> {
  %y = cria.kernel "linear" -> tensor<1x96xf32> {
    %0 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<96x64xf32> into tensor<1x96xf32>
    cria.yield %0 : tensor<1x96xf32>
  }
  return %y : tensor<1x96xf32>
}

// -----

// Half of a small L2 holds a tile of the same kernel.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 32768 : i64, "l2_bytes" = 32768 : i64>>} {
  // CHECK-LABEL: @small_l2
  // CHECK: scf.forall (%{{.*}}) = (0) to (256) step (8)
  func.func @small_l2(%x: tensor<1x512xf32>, %w: tensor<256x512xf32>,
                      %e: tensor<1x256xf32>) -> tensor<1x256xf32> {
    %y = cria.kernel "linear" -> tensor<1x256xf32> {
      %0 = cria.linear %x, %w into %e
         : tensor<1x512xf32>, tensor<256x512xf32> into tensor<1x256xf32>
      cria.yield %0 : tensor<1x256xf32>
    }
    return %y : tensor<1x256xf32>
  }
}

// -----

// A kernel that fits the L1 is not split.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 1048576 : i64, "l2_bytes" = 2097152 : i64>>} {
  // CHECK-LABEL: @large_l1
  // CHECK-NOT: scf.forall
  func.func @large_l1(%x: tensor<1x512xf32>, %w: tensor<256x512xf32>,
                      %e: tensor<1x256xf32>) -> tensor<1x256xf32> {
    %y = cria.kernel "linear" -> tensor<1x256xf32> {
      %0 = cria.linear %x, %w into %e
         : tensor<1x512xf32>, tensor<256x512xf32> into tensor<1x256xf32>
      cria.yield %0 : tensor<1x256xf32>
    }
    return %y : tensor<1x256xf32>
  }
}

// -----

// CHECK-DAG: #[[HEADS:.*]] = affine_map<(d0) -> (d0 * 3)>
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 2048 : i64, "l2_bytes" = 1048576 : i64>>} {
  // The gate is computed inside: each tile computes its part. The norm is computed outside, in
  // memory, and tiles read it.
  // CHECK-LABEL: @fuse
  // CHECK: %[[N:.*]] = cria.rms_norm
  // CHECK: cria.kernel "gate"
  // CHECK: scf.forall (%[[I:.*]]) = (0) to (36) step (18)
  // CHECK-NOT: cria.rms_norm
  // CHECK: %[[GATE:.*]] = cria.linear %[[N]], %{{.*}} : tensor<4x24xf32>, tensor<18x24xf32> into tensor<4x18xf32>
  // CHECK: cria.swiglu %[[GATE]], %{{.*}} : tensor<4x18xf32>, tensor<4x18xf32> into tensor<4x18xf32>
  // CHECK-NOT: cria.linear
  // CHECK: return
  func.func @fuse(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>, %up: tensor<4x36xf32>,
                  %e: tensor<4x36xf32>, %f: tensor<4x24xf32>) -> tensor<4x36xf32> {
    %n = cria.rms_norm %x into %f {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    %y = cria.kernel "gate" -> tensor<4x36xf32> {
      %gate = cria.linear %n, %w into %e
         : tensor<4x24xf32>, tensor<36x24xf32> into tensor<4x36xf32>
      %0 = cria.swiglu %gate, %up into %e
         : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
      cria.yield %0 : tensor<4x36xf32>
    }
    return %y : tensor<4x36xf32>
  }

  // Query heads come three to a kv head; tiles hold whole groups of them, all of one size: of 5 kv
  // heads one each. The tile's position is that of its first token.
  // CHECK-LABEL: @groups
  // CHECK-SAME: xf32>, %[[P:[a-z0-9]*]]: index
  // CHECK: scf.forall (%[[G:.*]]) in (5)
  // CHECK-DAG: %[[H:.*]] = affine.apply #[[HEADS]](%[[G]])
  // CHECK-DAG: tensor.extract_slice %{{.*}}[0, %[[H]], 0] [1, 3, 8] [1, 1, 1]
  // CHECK-DAG: tensor.extract_slice %{{.*}}[%[[G]], 0, 0] [1, 64, 8] [1, 1, 1]
  // CHECK: cria.attend %{{.*}} at %[[P]] into
  func.func @groups(%q: tensor<1x15x8xf32>, %k: tensor<5x64x8xf32>, %v: tensor<5x64x8xf32>,
                    %p: index, %e: tensor<1x15x8xf32>) -> tensor<1x15x8xf32> {
    %y = cria.kernel "attend" -> tensor<1x15x8xf32> {
      %0 = cria.attend %q, %k, %v at %p into %e {scale = 1.0 : f64}
         : tensor<1x15x8xf32>, tensor<5x64x8xf32>, tensor<5x64x8xf32> into tensor<1x15x8xf32>
      cria.yield %0 : tensor<1x15x8xf32>
    }
    return %y : tensor<1x15x8xf32>
  }
}

// -----

// CHECK-DAG: #[[REST:.*]] = affine_map<(d0)[s0] -> (-d0 + s0, 8)>
// CHECK-DAG: #[[SUM:.*]] = affine_map<(d0)[s0] -> (d0 + s0)>
// Tokens can be split as well, if attention is alone: each tile has its own position.
// CHECK-LABEL: @tokens_too
// CHECK-SAME: xf32>, %[[P:[a-z0-9]*]]: index
// CHECK: scf.forall (%[[T:.*]], %[[G:.*]]) = (0, 0) to (%{{.*}}, 5) step (8, 1)
// CHECK-DAG: %[[SIZE:.*]] = affine.min #[[REST]](%[[T]])
// CHECK-DAG: tensor.extract_slice %{{.*}}[%[[T]], %{{.*}}, 0] [%[[SIZE]], 3, 8] [1, 1, 1]
// CHECK-DAG: %[[AT:.*]] = affine.apply #[[SUM]](%[[T]])[%[[P]]]
// CHECK: cria.attend %{{.*}} at %[[AT]] into
func.func @tokens_too(%q: tensor<?x15x8xf32>, %k: tensor<5x64x8xf32>, %v: tensor<5x64x8xf32>,
                      %p: index, %e: tensor<?x15x8xf32>) -> tensor<?x15x8xf32> {
  %y = cria.kernel "attend" schedule<tiles = [8, 1]> -> tensor<?x15x8xf32> {
    %0 = cria.attend %q, %k, %v at %p into %e {scale = 1.0 : f64}
       : tensor<?x15x8xf32>, tensor<5x64x8xf32>, tensor<5x64x8xf32> into tensor<?x15x8xf32>
    cria.yield %0 : tensor<?x15x8xf32>
  }
  return %y : tensor<?x15x8xf32>
}

// -----

// CHECK-DAG: #[[REST:.*]] = affine_map<(d0) -> (-d0 + 7, 3)>
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 256 : i64, "l2_bytes" = 1048576 : i64>>} {
  // No divisor of 7 is near 3: the last tile is smaller.
  // CHECK-LABEL: @last_tile
  // CHECK: scf.forall (%[[N:.*]]) = (0) to (7) step (3)
  // CHECK: %[[SIZE:.*]] = affine.min #[[REST]](%[[N]])
  // CHECK: tensor.extract_slice %{{.*}}[%[[N]], 0] [%[[SIZE]], 24] [1, 1]
  // CHECK: cria.linear {{.*}} : tensor<1x24xf32>, tensor<?x24xf32> into tensor<1x?xf32>
  func.func @last_tile(%x: tensor<1x24xf32>, %w: tensor<7x24xf32>,
                       %e: tensor<1x7xf32>) -> tensor<1x7xf32> {
    %y = cria.kernel "linear" -> tensor<1x7xf32> {
      %0 = cria.linear %x, %w into %e : tensor<1x24xf32>, tensor<7x24xf32> into tensor<1x7xf32>
      cria.yield %0 : tensor<1x7xf32>
    }
    return %y : tensor<1x7xf32>
  }
}

// -----

module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 96 : i64, "l2_bytes" = 1048576 : i64>>} {
  // A tile of the cache begins at its first row, so in it the position is 0.
  // CHECK-LABEL: @append
  // CHECK-SAME: xf32>, %[[P:[a-z0-9]*]]: index, %[[C:.*]]: tensor<4x64x8xbf16>
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0 : index
  // CHECK: scf.forall (%[[G:.*]]) = (0) to (4) step (2) shared_outs(%[[OUT:.*]] = %[[C]])
  // CHECK-DAG: tensor.extract_slice %{{.*}}[0, %[[G]], 0] [1, 2, 8]
  // CHECK-DAG: tensor.extract_slice %[[OUT]][%[[G]], %[[P]], 0] [2, 1, 8]
  // CHECK: cria.kv_append %{{.*}} at %[[ZERO]] into %{{.*}} : tensor<1x2x8xf32> into tensor<2x1x8xbf16>
  // CHECK: tensor.parallel_insert_slice %{{.*}} into %[[OUT]][%[[G]], %[[P]], 0] [2, 1, 8]
  func.func @append(%r: tensor<1x4x8xf32>, %p: index,
                    %c: tensor<4x64x8xbf16>) -> tensor<4x64x8xbf16> {
    %y = cria.kernel "kv_append" -> tensor<4x64x8xbf16> {
      %0 = cria.kv_append %r at %p into %c : tensor<1x4x8xf32> into tensor<4x64x8xbf16>
      cria.yield %0 : tensor<4x64x8xbf16>
    }
    return %y : tensor<4x64x8xbf16>
  }

  // Dynamic sizes are not tiled, nor is a kernel without work.
  // CHECK-LABEL: @whole
  // CHECK-NOT: scf.forall
  func.func @whole(%x: tensor<?x24xf32>, %e: tensor<?x24xf32>) -> tensor<?x24xf32> {
    %y = cria.kernel "norm" -> tensor<?x24xf32> {
      %0 = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<?x24xf32> into tensor<?x24xf32>
      cria.yield %0 : tensor<?x24xf32>
    }
    cria.kernel "nothing" {
    }
    return %y : tensor<?x24xf32>
  }
}

// -----

// The intermediates of a tile, 128 bytes per token, fit half of an L2.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 4096 : i64, "l2_bytes" = 2048 : i64>>} {
  // CHECK-LABEL: @kept
  // CHECK: scf.forall (%{{.*}}) = (0) to (32) step (8)
  // CHECK: cria.linear {{.*}} into tensor<8x32xf32>
  // CHECK: cria.residual {{.*}} into tensor<8x32xf32>
  func.func @kept(%x: tensor<32x24xf32>, %w: tensor<32x24xf32>, %e: tensor<32x32xf32>,
                  %r: tensor<32x32xf32>) -> tensor<32x32xf32> {
    %y = cria.kernel "residual" -> tensor<32x32xf32> {
      %0 = cria.linear %x, %w into %e
         : tensor<32x24xf32>, tensor<32x24xf32> into tensor<32x32xf32>
      %1 = cria.residual %0 into %r : tensor<32x32xf32> into tensor<32x32xf32>
      cria.yield %1 : tensor<32x32xf32>
    }
    return %y : tensor<32x32xf32>
  }
}

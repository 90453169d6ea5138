// RUN: cria-opt %s --split-input-file --cria-prefetch-weights | FileCheck %s

// One prefetch per cache line of 64 bytes, 8192 bytes ahead of the read.
// CHECK-LABEL: @stream
// CHECK: scf.for %[[N:[a-z0-9]+]] =
// CHECK: scf.for %[[K:[a-z0-9]+]] =
// CHECK-DAG: %[[FIRST:[a-z0-9]+]] = arith.addi %[[K]], %c2048
// CHECK-DAG: %[[SECOND:[a-z0-9]+]] = arith.addi %[[K]], %c2064
// CHECK-DAG: memref.prefetch %[[W:[a-z0-9]+]][%[[N]], %[[FIRST]]], read, locality<3>, data
// CHECK-DAG: memref.prefetch %[[W]][%[[N]], %[[SECOND]]], read, locality<3>, data
// CHECK: vector.transfer_read %[[W]][%[[N]], %[[K]]]
cria.param @w "w.weight" : tensor<64x4096xf32>
func.func @stream(%weights: !cria.weights, %out: memref<64xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c4096 = arith.constant 4096 : index
  %zero = arith.constant 0.0 : f32
  %zeros = arith.constant dense<0.0> : vector<32xf32>
  %w = cria.weight %weights, @w : memref<64x4096xf32>
  scf.for %n = %c0 to %c64 step %c1 {
    %sum = scf.for %k = %c0 to %c4096 step %c32 iter_args(%s = %zeros) -> vector<32xf32> {
      %row = vector.transfer_read %w[%n, %k], %zero {in_bounds = [true]}
        : memref<64x4096xf32>, vector<32xf32>
      %next = arith.addf %s, %row : vector<32xf32>
      scf.yield %next : vector<32xf32>
    }
    %total = vector.reduction <add>, %sum : vector<32xf32> into f32
    memref.store %total, %out[%n] : memref<64xf32>
  }
  return
}

// -----

// The same row is read for every token: it is in the cache.
// CHECK-LABEL: @reused
// CHECK-NOT: memref.prefetch
cria.param @w "w.weight" : tensor<64x4096xf32>
func.func @reused(%weights: !cria.weights, %out: memref<8xvector<32xf32>>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c32 = arith.constant 32 : index
  %c4096 = arith.constant 4096 : index
  %zero = arith.constant 0.0 : f32
  %zeros = arith.constant dense<0.0> : vector<32xf32>
  %w = cria.weight %weights, @w : memref<64x4096xf32>
  scf.for %t = %c0 to %c8 step %c1 {
    %sum = scf.for %k = %c0 to %c4096 step %c32 iter_args(%s = %zeros) -> vector<32xf32> {
      %row = vector.transfer_read %w[%c0, %k], %zero {in_bounds = [true]}
        : memref<64x4096xf32>, vector<32xf32>
      %next = arith.addf %s, %row : vector<32xf32>
      scf.yield %next : vector<32xf32>
    }
    memref.store %sum, %out[%t] : memref<8xvector<32xf32>>
  }
  return
}

// -----

// Not a weight.
// CHECK-LABEL: @activations
// CHECK-NOT: memref.prefetch
func.func @activations(%x: memref<4096xf32>) -> vector<32xf32> {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c4096 = arith.constant 4096 : index
  %zero = arith.constant 0.0 : f32
  %zeros = arith.constant dense<0.0> : vector<32xf32>
  %sum = scf.for %k = %c0 to %c4096 step %c32 iter_args(%s = %zeros) -> vector<32xf32> {
    %row = vector.transfer_read %x[%k], %zero {in_bounds = [true]} : memref<4096xf32>, vector<32xf32>
    %next = arith.addf %s, %row : vector<32xf32>
    scf.yield %next : vector<32xf32>
  }
  return %sum : vector<32xf32>
}

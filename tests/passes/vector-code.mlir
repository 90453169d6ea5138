// All rows of these ops become vectors, tails aside, and nothing is copied on the way.
// RUN: cria-opt %s --cria-decompose-ops --canonicalize --cse --cria-separate-inits \
// RUN:   --one-shot-bufferize="bufferize-function-boundaries=true function-boundary-type-conversion=identity-layout-map" \
// RUN:   --canonicalize --cse --canonicalize --drop-equivalent-buffer-results --cria-vectorize-rows \
// RUN:   | FileCheck %s --implicit-check-not=linalg. --implicit-check-not=memref.copy

// CHECK-LABEL: @decode
// CHECK: vector.reduction <maxnumf>
// CHECK: math.exp %{{.*}} : vector<4xf32>
func.func @decode(%q: tensor<1x8x64xf32>, %k: tensor<2x512x64xbf16>, %v: tensor<2x512x64xbf16>,
                  %p: index, %e: tensor<1x8x64xf32>) -> tensor<1x8x64xf32> {
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 1.0 : f64}
     : tensor<1x8x64xf32>, tensor<2x512x64xbf16>, tensor<2x512x64xbf16> into tensor<1x8x64xf32>
  return %0 : tensor<1x8x64xf32>
}

// CHECK-LABEL: @prefill
// CHECK: vector.reduction <maxnumf>
// CHECK: math.exp %{{.*}} : vector<4xf32>
func.func @prefill(%q: tensor<16x8x64xf32>, %k: tensor<2x512x64xf32>, %v: tensor<2x512x64xf32>,
                   %p: index, %e: tensor<16x8x64xf32>) -> tensor<16x8x64xf32> {
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
     : tensor<16x8x64xf32>, tensor<2x512x64xf32>, tensor<2x512x64xf32> into tensor<16x8x64xf32>
  return %0 : tensor<16x8x64xf32>
}

// CHECK-LABEL: @rope
// CHECK: vector.store
func.func @rope(%x: tensor<4x2x16xf32>, %c: tensor<4x8xf32>, %e: tensor<4x2x16xf32>)
    -> tensor<4x2x16xf32> {
  %0 = cria.rope %x, %c, %c into %e
     : tensor<4x2x16xf32>, tensor<4x8xf32>, tensor<4x8xf32> into tensor<4x2x16xf32>
  return %0 : tensor<4x2x16xf32>
}

// CHECK-LABEL: @norms
// CHECK: vector.reduction <add>
// CHECK: vector.reduction <add>
// CHECK: vector.reduction <add>
func.func @norms(%x: tensor<4x70xf32>, %g: tensor<70xbf16>, %e: tensor<4x70xf32>,
                 %f: tensor<4x70xf32>) -> tensor<4x70xf32> {
  %0 = cria.layer_norm %x, %g into %e {eps = 1.0e-5 : f64}
     : tensor<4x70xf32>, tensor<70xbf16> into tensor<4x70xf32>
  %1 = cria.rms_norm %0, %g into %f {eps = 1.0e-5 : f64}
     : tensor<4x70xf32>, tensor<70xbf16> into tensor<4x70xf32>
  return %1 : tensor<4x70xf32>
}

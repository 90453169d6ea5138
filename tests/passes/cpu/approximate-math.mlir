// RUN: cria-opt %s --cria-approximate-math | FileCheck %s

// An exponential becomes a polynomial, for vectors and scalars.
// CHECK-LABEL: @exp
// CHECK-NOT: math.exp
// CHECK: math.fma {{.*}} : vector<8xf32>
// CHECK-NOT: math.exp
// CHECK: return
func.func @exp(%x: vector<8xf32>, %y: f32) -> (vector<8xf32>, f32) {
  %0 = math.exp %x : vector<8xf32>
  %1 = math.exp %y : f32
  return %0, %1 : vector<8xf32>, f32
}

// An error function becomes a quotient of two polynomials.
// CHECK-LABEL: @erf
// CHECK-NOT: math.erf
// CHECK: math.fma {{.*}} : vector<8xf32>
// CHECK: arith.divf {{.*}} : vector<8xf32>
// CHECK-NOT: math.erf
// CHECK: return
func.func @erf(%x: vector<8xf32>, %y: f32) -> (vector<8xf32>, f32) {
  %0 = math.erf %x : vector<8xf32>
  %1 = math.erf %y : f32
  return %0, %1 : vector<8xf32>, f32
}

// Angles are f64 and computed once per step, so they stay calls to libm.
// CHECK-LABEL: @angles
// CHECK-NEXT: math.cos %{{.*}} : f64
// CHECK-NEXT: math.sin %{{.*}} : f64
// CHECK-NEXT: math.sqrt %{{.*}} : f32
func.func @angles(%x: f64, %y: f32) -> (f64, f64, f32) {
  %0 = math.cos %x : f64
  %1 = math.sin %x : f64
  %2 = math.sqrt %y : f32
  return %0, %1, %2 : f64, f64, f32
}

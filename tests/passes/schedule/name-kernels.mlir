// RUN: cria-opt %s --cria-name-kernels | FileCheck %s

// Names are unique in a function; another function may have the same.
// CHECK-LABEL: @first
// CHECK: cria.kernel "rope" {
// CHECK: cria.kernel "attend" {
// CHECK: cria.kernel "rope_2" {
// CHECK: scf.for
// CHECK: cria.kernel "rope_3" {
func.func @first(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cria.kernel "rope" {
  }
  cria.kernel "attend" {
  }
  cria.kernel "rope" {
  }
  scf.for %i = %c0 to %n step %c1 {
    cria.kernel "rope" {
    }
  }
  return
}

// CHECK-LABEL: @second
// CHECK: cria.kernel "rope" {
func.func @second() {
  cria.kernel "rope" {
  }
  return
}

// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @indices(%x: tensor<2x12xf32>, %i: tensor<2x11xi32>, %e: tensor<2x3xf32>,
                   %f: tensor<2x3xi32>) {
  // expected-error @+1 {{argmax_c1: dim(indices, 1) is 11 but dim(x, 1) is 12}}
  %0:2 = cria.argmax %x at %i into %e, %f
       : tensor<2x12xf32> at tensor<2x11xi32> into tensor<2x3xf32>, tensor<2x3xi32>
  return
}

// -----

func.func @index(%x: tensor<2x12xf32>, %e: tensor<2x3xf32>, %f: tensor<2x4xi32>) {
  // expected-error @+1 {{argmax_c2: dim(index, 1) is 4 but dim(best, 1) is 3}}
  %0:2 = cria.argmax %x into %e, %f : tensor<2x12xf32> into tensor<2x3xf32>, tensor<2x4xi32>
  return
}

// -----

func.func @tokens(%x: tensor<2x12xf32>, %e: tensor<1x3xf32>, %f: tensor<1x3xi32>) {
  // expected-error @+1 {{argmax_c3: dim(best, 0) is 1 but dim(x, 0) is 2}}
  %0:2 = cria.argmax %x into %e, %f : tensor<2x12xf32> into tensor<1x3xf32>, tensor<1x3xi32>
  return
}

// -----

func.func @parts(%x: tensor<2x12xf32>, %e: tensor<2x5xf32>, %f: tensor<2x5xi32>) {
  // expected-error @+1 {{argmax_c4: 12 elements have no 5 parts of one size}}
  %0:2 = cria.argmax %x into %e, %f : tensor<2x12xf32> into tensor<2x5xf32>, tensor<2x5xi32>
  return
}

// -----

func.func @no_parts(%x: tensor<2x12xf32>, %e: tensor<2x0xf32>, %f: tensor<2x0xi32>) {
  // expected-error @+1 {{argmax_c4: 12 elements have no 0 parts of one size}}
  %0:2 = cria.argmax %x into %e, %f : tensor<2x12xf32> into tensor<2x0xf32>, tensor<2x0xi32>
  return
}

// -----

func.func @stride(%x: tensor<2x12xf32>, %e: tensor<2x3xf32>, %f: tensor<2x3xi32>) {
  // expected-error @+1 {{argmax_c5: stride must be 1 without indices, found 4}}
  %0:2 = cria.argmax %x into %e, %f {stride = 4 : i64}
       : tensor<2x12xf32> into tensor<2x3xf32>, tensor<2x3xi32>
  return
}

// -----

func.func @negative(%x: tensor<2x12xf32>, %i: tensor<2x12xi32>, %e: tensor<2x3xf32>,
                    %f: tensor<2x3xi32>) {
  // expected-error @+1 {{argmax_c5: stride must be positive, found 0}}
  %0:2 = cria.argmax %x at %i into %e, %f {stride = 0 : i64}
       : tensor<2x12xf32> at tensor<2x12xi32> into tensor<2x3xf32>, tensor<2x3xi32>
  return
}

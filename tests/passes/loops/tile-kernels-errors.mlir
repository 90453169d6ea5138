// RUN: cria-opt %s --split-input-file --cria-tile-kernels --verify-diagnostics

func.func @buffers(%x: memref<64x512xf32>, %e: memref<64x512xf32>) {
  // expected-error @+1 {{'cria.kernel' op "norm": tiles [8, 0]: it has no loop that can be split}}
  cria.kernel "norm" schedule<tiles = [8, 0]> {
    cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : memref<64x512xf32> into memref<64x512xf32>
  }
  return
}

// -----

func.func @misfit(%x: tensor<1x64xf32>, %w: tensor<96x64xf32>,
                  %e: tensor<1x96xf32>) -> tensor<1x96xf32> {
  // expected-error @+1 {{'cria.kernel' op "linear": tiles [0, 97]: loop 1 has only 96 iterations}}
  %y = cria.kernel "linear" schedule<tiles = [0, 97]> -> tensor<1x96xf32> {
    %0 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<96x64xf32> into tensor<1x96xf32>
    cria.yield %0 : tensor<1x96xf32>
  }
  return %y : tensor<1x96xf32>
}

// RUN: cria-opt %s --cria-tile-kernels --verify-diagnostics

func.func @buffers(%x: memref<64x512xf32>, %e: memref<64x512xf32>) {
  cria.kernel "norm" {
    // expected-error @+1 {{'cria.rms_norm' op cannot be tiled}}
    cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : memref<64x512xf32> into memref<64x512xf32>
  }
  return
}

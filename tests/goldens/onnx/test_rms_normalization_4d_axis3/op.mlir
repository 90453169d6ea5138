// test_rms_normalization_4d_axis3 of ONNX 1.23.2, Apache-2.0
func.func @f(%x: tensor<24x5xf32>,
             %scale: tensor<5xf32>)
    -> (tensor<24x5xf32>) {
  %1 = tensor.empty() : tensor<24x5xf32>
  %2 = cria.rms_norm %x, %scale into %1 {eps = 1.000000000e-05 : f64} : tensor<24x5xf32>, tensor<5xf32> into tensor<24x5xf32>
  return %2 : tensor<24x5xf32>
}

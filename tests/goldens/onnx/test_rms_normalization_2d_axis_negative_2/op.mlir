// test_rms_normalization_2d_axis_negative_2 of ONNX 1.23.2, Apache-2.0
func.func @f(%x: tensor<1x12xf32>,
             %scale: tensor<12xf32>)
    -> (tensor<1x12xf32>) {
  %1 = tensor.empty() : tensor<1x12xf32>
  %2 = cria.rms_norm %x, %scale into %1 {eps = 1.000000000e-05 : f64} : tensor<1x12xf32>, tensor<12xf32> into tensor<1x12xf32>
  return %2 : tensor<1x12xf32>
}

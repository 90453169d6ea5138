// test_rms_normalization_3d_axis_negative_3_epsilon of ONNX 1.23.2, Apache-2.0
func.func @f(%x: tensor<1x30xf32>,
             %scale: tensor<30xf32>)
    -> (tensor<1x30xf32>) {
  %1 = tensor.empty() : tensor<1x30xf32>
  %2 = cria.rms_norm %x, %scale into %1 {eps = 1.000000015e-01 : f64} : tensor<1x30xf32>, tensor<30xf32> into tensor<1x30xf32>
  return %2 : tensor<1x30xf32>
}

// test_rms_normalization_4d_axis2 of ONNX 1.23.2, Apache-2.0
func.func @f(%x: tensor<6x20xf32>,
             %scale: tensor<20xf32>)
    -> (tensor<6x20xf32>) {
  %1 = tensor.empty() : tensor<6x20xf32>
  %2 = cria.rms_norm %x, %scale into %1 {eps = 1.000000000e-05 : f64} : tensor<6x20xf32>, tensor<20xf32> into tensor<6x20xf32>
  return %2 : tensor<6x20xf32>
}

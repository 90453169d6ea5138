// test_rotary_embedding_3d_input of ONNX 1.23.2, Apache-2.0
func.func @f(%x: tensor<6x4x8xf32>,
             %cos: tensor<6x4xf32>,
             %sin: tensor<6x4xf32>)
    -> (tensor<6x4x8xf32>) {
  %1 = tensor.empty() : tensor<6x4x8xf32>
  %2 = cria.rope %x, %cos, %sin into %1 : tensor<6x4x8xf32>, tensor<6x4xf32>, tensor<6x4xf32> into tensor<6x4x8xf32>
  return %2 : tensor<6x4x8xf32>
}

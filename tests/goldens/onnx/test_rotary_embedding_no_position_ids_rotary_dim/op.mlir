// test_rotary_embedding_no_position_ids_rotary_dim of ONNX 1.23.2, Apache-2.0
func.func @f(%x: tensor<6x4x8xf32>,
             %cos: tensor<6x2xf32>,
             %sin: tensor<6x2xf32>)
    -> (tensor<6x4x8xf32>) {
  %1 = tensor.extract_slice %x[0, 0, 0] [6, 4, 4] [1, 1, 1] : tensor<6x4x8xf32> to tensor<6x4x4xf32>
  %2 = tensor.empty() : tensor<6x4x4xf32>
  %3 = cria.rope %1, %cos, %sin into %2 : tensor<6x4x4xf32>, tensor<6x2xf32>, tensor<6x2xf32> into tensor<6x4x4xf32>
  %4 = tensor.insert_slice %3 into %x[0, 0, 0] [6, 4, 4] [1, 1, 1] : tensor<6x4x4xf32> into tensor<6x4x8xf32>
  return %4 : tensor<6x4x8xf32>
}

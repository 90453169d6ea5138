// test_attention_4d_gqa_causal_nonpad_decode of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<2x1x4x8xf32>,
             %keys: tensor<2x2x8x8xf32>,
             %values: tensor<2x2x8x8xf32>)
    -> (tensor<2x1x4x8xf32>) {
  %1 = tensor.empty() : tensor<2x1x4x8xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 2, 8, 8] [1, 1, 1, 1] : tensor<2x2x8x8xf32> to tensor<2x8x8xf32>
  %3 = tensor.extract_slice %values[0, 0, 0, 0] [1, 2, 8, 8] [1, 1, 1, 1] : tensor<2x2x8x8xf32> to tensor<2x8x8xf32>
  %4 = tensor.extract_slice %q[0, 0, 0, 0] [1, 1, 4, 8] [1, 1, 1, 1] : tensor<2x1x4x8xf32> to tensor<1x4x8xf32>
  %5 = arith.constant 7 : index
  %6 = tensor.empty() : tensor<1x4x8xf32>
  %7 = cria.attend %4, %2, %3 at %5 into %6 {scale = 3.53553390593273731e-01 : f64} : tensor<1x4x8xf32>, tensor<2x8x8xf32>, tensor<2x8x8xf32> into tensor<1x4x8xf32>
  %8 = tensor.insert_slice %7 into %1[0, 0, 0, 0] [1, 1, 4, 8] [1, 1, 1, 1] : tensor<1x4x8xf32> into tensor<2x1x4x8xf32>
  %9 = tensor.extract_slice %keys[1, 0, 0, 0] [1, 2, 8, 8] [1, 1, 1, 1] : tensor<2x2x8x8xf32> to tensor<2x8x8xf32>
  %10 = tensor.extract_slice %values[1, 0, 0, 0] [1, 2, 8, 8] [1, 1, 1, 1] : tensor<2x2x8x8xf32> to tensor<2x8x8xf32>
  %11 = tensor.extract_slice %q[1, 0, 0, 0] [1, 1, 4, 8] [1, 1, 1, 1] : tensor<2x1x4x8xf32> to tensor<1x4x8xf32>
  %12 = arith.constant 4 : index
  %13 = tensor.empty() : tensor<1x4x8xf32>
  %14 = cria.attend %11, %9, %10 at %12 into %13 {scale = 3.53553390593273731e-01 : f64} : tensor<1x4x8xf32>, tensor<2x8x8xf32>, tensor<2x8x8xf32> into tensor<1x4x8xf32>
  %15 = tensor.insert_slice %14 into %8[1, 0, 0, 0] [1, 1, 4, 8] [1, 1, 1, 1] : tensor<1x4x8xf32> into tensor<2x1x4x8xf32>
  return %15 : tensor<2x1x4x8xf32>
}

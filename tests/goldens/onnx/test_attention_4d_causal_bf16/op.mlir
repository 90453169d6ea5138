// test_attention_4d_causal_bf16 of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<2x4x3x8xf32>,
             %keys: tensor<2x3x6x8xbf16>,
             %values: tensor<2x3x6x8xbf16>)
    -> (tensor<2x4x3x8xf32>) {
  %1 = tensor.empty() : tensor<2x4x3x8xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xbf16> to tensor<3x6x8xbf16>
  %3 = tensor.extract_slice %values[0, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xbf16> to tensor<3x6x8xbf16>
  %4 = tensor.extract_slice %q[0, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %5 = arith.constant 0 : index
  %6 = tensor.empty() : tensor<4x3x8xf32>
  %7 = cria.attend %4, %2, %3 at %5 into %6 {scale = 3.53553390593273731e-01 : f64} : tensor<4x3x8xf32>, tensor<3x6x8xbf16>, tensor<3x6x8xbf16> into tensor<4x3x8xf32>
  %8 = tensor.insert_slice %7 into %1[0, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<4x3x8xf32> into tensor<2x4x3x8xf32>
  %9 = tensor.extract_slice %keys[1, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xbf16> to tensor<3x6x8xbf16>
  %10 = tensor.extract_slice %values[1, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xbf16> to tensor<3x6x8xbf16>
  %11 = tensor.extract_slice %q[1, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %12 = arith.constant 0 : index
  %13 = tensor.empty() : tensor<4x3x8xf32>
  %14 = cria.attend %11, %9, %10 at %12 into %13 {scale = 3.53553390593273731e-01 : f64} : tensor<4x3x8xf32>, tensor<3x6x8xbf16>, tensor<3x6x8xbf16> into tensor<4x3x8xf32>
  %15 = tensor.insert_slice %14 into %8[1, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<4x3x8xf32> into tensor<2x4x3x8xf32>
  return %15 : tensor<2x4x3x8xf32>
}

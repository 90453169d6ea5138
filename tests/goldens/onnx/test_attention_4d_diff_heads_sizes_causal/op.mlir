// test_attention_4d_diff_heads_sizes_causal of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<2x4x3x8xf32>,
             %keys: tensor<2x3x6x8xf32>,
             %values: tensor<2x3x6x10xf32>)
    -> (tensor<2x4x3x10xf32>) {
  %1 = tensor.empty() : tensor<2x4x3x10xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf32> to tensor<3x6x8xf32>
  %3 = tensor.extract_slice %values[0, 0, 0, 0] [1, 3, 6, 10] [1, 1, 1, 1] : tensor<2x3x6x10xf32> to tensor<3x6x10xf32>
  %4 = tensor.extract_slice %q[0, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %5 = arith.constant 0 : index
  %6 = tensor.empty() : tensor<4x3x6xf32>
  %7 = cria.scores %4, %2 at %5 into %6 {scale = 3.53553390593273731e-01 : f64} : tensor<4x3x8xf32>, tensor<3x6x8xf32> into tensor<4x3x6xf32>
  %8 = tensor.empty() : tensor<4x3x6xf32>
  %9 = cria.softmax %7 at %5 into %8 : tensor<4x3x6xf32> into tensor<4x3x6xf32>
  %10 = tensor.empty() : tensor<4x3x10xf32>
  %11 = cria.mix %9, %3 at %5 into %10 : tensor<4x3x6xf32>, tensor<3x6x10xf32> into tensor<4x3x10xf32>
  %12 = tensor.insert_slice %11 into %1[0, 0, 0, 0] [1, 4, 3, 10] [1, 1, 1, 1] : tensor<4x3x10xf32> into tensor<2x4x3x10xf32>
  %13 = tensor.extract_slice %keys[1, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf32> to tensor<3x6x8xf32>
  %14 = tensor.extract_slice %values[1, 0, 0, 0] [1, 3, 6, 10] [1, 1, 1, 1] : tensor<2x3x6x10xf32> to tensor<3x6x10xf32>
  %15 = tensor.extract_slice %q[1, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %16 = arith.constant 0 : index
  %17 = tensor.empty() : tensor<4x3x6xf32>
  %18 = cria.scores %15, %13 at %16 into %17 {scale = 3.53553390593273731e-01 : f64} : tensor<4x3x8xf32>, tensor<3x6x8xf32> into tensor<4x3x6xf32>
  %19 = tensor.empty() : tensor<4x3x6xf32>
  %20 = cria.softmax %18 at %16 into %19 : tensor<4x3x6xf32> into tensor<4x3x6xf32>
  %21 = tensor.empty() : tensor<4x3x10xf32>
  %22 = cria.mix %20, %14 at %16 into %21 : tensor<4x3x6xf32>, tensor<3x6x10xf32> into tensor<4x3x10xf32>
  %23 = tensor.insert_slice %22 into %12[1, 0, 0, 0] [1, 4, 3, 10] [1, 1, 1, 1] : tensor<4x3x10xf32> into tensor<2x4x3x10xf32>
  return %23 : tensor<2x4x3x10xf32>
}

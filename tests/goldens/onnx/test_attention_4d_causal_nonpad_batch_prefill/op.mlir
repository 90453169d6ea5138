// test_attention_4d_causal_nonpad_batch_prefill of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<3x2x2x8xf32>,
             %keys: tensor<3x2x6x8xf32>,
             %values: tensor<3x2x6x8xf32>)
    -> (tensor<3x2x2x8xf32>) {
  %1 = tensor.empty() : tensor<3x2x2x8xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 2, 6, 8] [1, 1, 1, 1] : tensor<3x2x6x8xf32> to tensor<2x6x8xf32>
  %3 = tensor.extract_slice %values[0, 0, 0, 0] [1, 2, 6, 8] [1, 1, 1, 1] : tensor<3x2x6x8xf32> to tensor<2x6x8xf32>
  %4 = tensor.extract_slice %q[0, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<3x2x2x8xf32> to tensor<2x2x8xf32>
  %5 = arith.constant 2 : index
  %6 = tensor.empty() : tensor<2x2x8xf32>
  %7 = cria.attend %4, %2, %3 at %5 into %6 {scale = 3.53553390593273731e-01 : f64} : tensor<2x2x8xf32>, tensor<2x6x8xf32>, tensor<2x6x8xf32> into tensor<2x2x8xf32>
  %8 = tensor.insert_slice %7 into %1[0, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<2x2x8xf32> into tensor<3x2x2x8xf32>
  %9 = tensor.extract_slice %keys[1, 0, 0, 0] [1, 2, 6, 8] [1, 1, 1, 1] : tensor<3x2x6x8xf32> to tensor<2x6x8xf32>
  %10 = tensor.extract_slice %values[1, 0, 0, 0] [1, 2, 6, 8] [1, 1, 1, 1] : tensor<3x2x6x8xf32> to tensor<2x6x8xf32>
  %11 = tensor.extract_slice %q[1, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<3x2x2x8xf32> to tensor<2x2x8xf32>
  %12 = arith.constant 3 : index
  %13 = tensor.empty() : tensor<2x2x8xf32>
  %14 = cria.attend %11, %9, %10 at %12 into %13 {scale = 3.53553390593273731e-01 : f64} : tensor<2x2x8xf32>, tensor<2x6x8xf32>, tensor<2x6x8xf32> into tensor<2x2x8xf32>
  %15 = tensor.insert_slice %14 into %8[1, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<2x2x8xf32> into tensor<3x2x2x8xf32>
  %16 = tensor.extract_slice %keys[2, 0, 0, 0] [1, 2, 6, 8] [1, 1, 1, 1] : tensor<3x2x6x8xf32> to tensor<2x6x8xf32>
  %17 = tensor.extract_slice %values[2, 0, 0, 0] [1, 2, 6, 8] [1, 1, 1, 1] : tensor<3x2x6x8xf32> to tensor<2x6x8xf32>
  %18 = tensor.extract_slice %q[2, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<3x2x2x8xf32> to tensor<2x2x8xf32>
  %19 = arith.constant 4 : index
  %20 = tensor.empty() : tensor<2x2x8xf32>
  %21 = cria.attend %18, %16, %17 at %19 into %20 {scale = 3.53553390593273731e-01 : f64} : tensor<2x2x8xf32>, tensor<2x6x8xf32>, tensor<2x6x8xf32> into tensor<2x2x8xf32>
  %22 = tensor.insert_slice %21 into %15[2, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<2x2x8xf32> into tensor<3x2x2x8xf32>
  return %22 : tensor<3x2x2x8xf32>
}

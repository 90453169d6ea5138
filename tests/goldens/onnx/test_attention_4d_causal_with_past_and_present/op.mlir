// test_attention_4d_causal_with_past_and_present of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<2x4x3x8xf32>,
             %new_key: tensor<2x4x3x8xf32>,
             %keys: tensor<2x3x7x8xf32>,
             %new_value: tensor<2x4x3x8xf32>,
             %values: tensor<2x3x7x8xf32>)
    -> (tensor<2x4x3x8xf32>, tensor<2x3x7x8xf32>, tensor<2x3x7x8xf32>) {
  %1 = tensor.empty() : tensor<2x4x3x8xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<2x3x7x8xf32> to tensor<3x7x8xf32>
  %3 = tensor.extract_slice %new_key[0, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %4 = arith.constant 3 : index
  %5 = cria.kv_append %3 at %4 into %2 : tensor<4x3x8xf32> into tensor<3x7x8xf32>
  %6 = tensor.insert_slice %5 into %keys[0, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<3x7x8xf32> into tensor<2x3x7x8xf32>
  %7 = tensor.extract_slice %values[0, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<2x3x7x8xf32> to tensor<3x7x8xf32>
  %8 = tensor.extract_slice %new_value[0, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %9 = arith.constant 3 : index
  %10 = cria.kv_append %8 at %9 into %7 : tensor<4x3x8xf32> into tensor<3x7x8xf32>
  %11 = tensor.insert_slice %10 into %values[0, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<3x7x8xf32> into tensor<2x3x7x8xf32>
  %12 = tensor.extract_slice %q[0, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %13 = arith.constant 3 : index
  %14 = tensor.empty() : tensor<4x3x8xf32>
  %15 = cria.attend %12, %5, %10 at %13 into %14 {scale = 3.53553390593273731e-01 : f64} : tensor<4x3x8xf32>, tensor<3x7x8xf32>, tensor<3x7x8xf32> into tensor<4x3x8xf32>
  %16 = tensor.insert_slice %15 into %1[0, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<4x3x8xf32> into tensor<2x4x3x8xf32>
  %17 = tensor.extract_slice %keys[1, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<2x3x7x8xf32> to tensor<3x7x8xf32>
  %18 = tensor.extract_slice %new_key[1, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %19 = arith.constant 3 : index
  %20 = cria.kv_append %18 at %19 into %17 : tensor<4x3x8xf32> into tensor<3x7x8xf32>
  %21 = tensor.insert_slice %20 into %6[1, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<3x7x8xf32> into tensor<2x3x7x8xf32>
  %22 = tensor.extract_slice %values[1, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<2x3x7x8xf32> to tensor<3x7x8xf32>
  %23 = tensor.extract_slice %new_value[1, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %24 = arith.constant 3 : index
  %25 = cria.kv_append %23 at %24 into %22 : tensor<4x3x8xf32> into tensor<3x7x8xf32>
  %26 = tensor.insert_slice %25 into %11[1, 0, 0, 0] [1, 3, 7, 8] [1, 1, 1, 1] : tensor<3x7x8xf32> into tensor<2x3x7x8xf32>
  %27 = tensor.extract_slice %q[1, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<4x3x8xf32>
  %28 = arith.constant 3 : index
  %29 = tensor.empty() : tensor<4x3x8xf32>
  %30 = cria.attend %27, %20, %25 at %28 into %29 {scale = 3.53553390593273731e-01 : f64} : tensor<4x3x8xf32>, tensor<3x7x8xf32>, tensor<3x7x8xf32> into tensor<4x3x8xf32>
  %31 = tensor.insert_slice %30 into %16[1, 0, 0, 0] [1, 4, 3, 8] [1, 1, 1, 1] : tensor<4x3x8xf32> into tensor<2x4x3x8xf32>
  return %31, %21, %26 : tensor<2x4x3x8xf32>, tensor<2x3x7x8xf32>, tensor<2x3x7x8xf32>
}

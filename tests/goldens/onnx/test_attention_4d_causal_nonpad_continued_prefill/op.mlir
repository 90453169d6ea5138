// test_attention_4d_causal_nonpad_continued_prefill of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<1x2x2x8xf32>,
             %keys: tensor<1x2x4x8xf32>,
             %values: tensor<1x2x4x8xf32>)
    -> (tensor<1x2x2x8xf32>) {
  %1 = tensor.empty() : tensor<1x2x2x8xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 2, 4, 8] [1, 1, 1, 1] : tensor<1x2x4x8xf32> to tensor<2x4x8xf32>
  %3 = tensor.extract_slice %values[0, 0, 0, 0] [1, 2, 4, 8] [1, 1, 1, 1] : tensor<1x2x4x8xf32> to tensor<2x4x8xf32>
  %4 = tensor.extract_slice %q[0, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<1x2x2x8xf32> to tensor<2x2x8xf32>
  %5 = arith.constant 2 : index
  %6 = tensor.empty() : tensor<2x2x8xf32>
  %7 = cria.attend %4, %2, %3 at %5 into %6 {scale = 3.53553390593273731e-01 : f64} : tensor<2x2x8xf32>, tensor<2x4x8xf32>, tensor<2x4x8xf32> into tensor<2x2x8xf32>
  %8 = tensor.insert_slice %7 into %1[0, 0, 0, 0] [1, 2, 2, 8] [1, 1, 1, 1] : tensor<2x2x8xf32> into tensor<1x2x2x8xf32>
  return %8 : tensor<1x2x2x8xf32>
}

// test_attention_4d_fp16 of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<2x4x3x8xf32>,
             %keys: tensor<2x3x6x8xf16>,
             %values: tensor<2x3x6x8xf16>)
    -> (tensor<2x4x3x8xf32>) {
  %1 = tensor.empty() : tensor<2x4x3x8xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf16> to tensor<3x6x8xf16>
  %3 = tensor.extract_slice %values[0, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf16> to tensor<3x6x8xf16>
  %4 = tensor.extract_slice %q[0, 0, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %5 = arith.constant 5 : index
  %6 = tensor.empty() : tensor<1x3x8xf32>
  %7 = cria.attend %4, %2, %3 at %5 into %6 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %8 = tensor.insert_slice %7 into %1[0, 0, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  %9 = tensor.extract_slice %q[0, 1, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %10 = arith.constant 5 : index
  %11 = tensor.empty() : tensor<1x3x8xf32>
  %12 = cria.attend %9, %2, %3 at %10 into %11 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %13 = tensor.insert_slice %12 into %8[0, 1, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  %14 = tensor.extract_slice %q[0, 2, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %15 = arith.constant 5 : index
  %16 = tensor.empty() : tensor<1x3x8xf32>
  %17 = cria.attend %14, %2, %3 at %15 into %16 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %18 = tensor.insert_slice %17 into %13[0, 2, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  %19 = tensor.extract_slice %q[0, 3, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %20 = arith.constant 5 : index
  %21 = tensor.empty() : tensor<1x3x8xf32>
  %22 = cria.attend %19, %2, %3 at %20 into %21 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %23 = tensor.insert_slice %22 into %18[0, 3, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  %24 = tensor.extract_slice %keys[1, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf16> to tensor<3x6x8xf16>
  %25 = tensor.extract_slice %values[1, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf16> to tensor<3x6x8xf16>
  %26 = tensor.extract_slice %q[1, 0, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %27 = arith.constant 5 : index
  %28 = tensor.empty() : tensor<1x3x8xf32>
  %29 = cria.attend %26, %24, %25 at %27 into %28 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %30 = tensor.insert_slice %29 into %23[1, 0, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  %31 = tensor.extract_slice %q[1, 1, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %32 = arith.constant 5 : index
  %33 = tensor.empty() : tensor<1x3x8xf32>
  %34 = cria.attend %31, %24, %25 at %32 into %33 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %35 = tensor.insert_slice %34 into %30[1, 1, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  %36 = tensor.extract_slice %q[1, 2, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %37 = arith.constant 5 : index
  %38 = tensor.empty() : tensor<1x3x8xf32>
  %39 = cria.attend %36, %24, %25 at %37 into %38 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %40 = tensor.insert_slice %39 into %35[1, 2, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  %41 = tensor.extract_slice %q[1, 3, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %42 = arith.constant 5 : index
  %43 = tensor.empty() : tensor<1x3x8xf32>
  %44 = cria.attend %41, %24, %25 at %42 into %43 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf16>, tensor<3x6x8xf16> into tensor<1x3x8xf32>
  %45 = tensor.insert_slice %44 into %40[1, 3, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<1x3x8xf32> into tensor<2x4x3x8xf32>
  return %45 : tensor<2x4x3x8xf32>
}

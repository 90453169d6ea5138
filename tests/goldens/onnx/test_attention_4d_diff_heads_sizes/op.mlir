// test_attention_4d_diff_heads_sizes of ONNX 1.23.2, Apache-2.0
func.func @f(%q: tensor<2x4x3x8xf32>,
             %keys: tensor<2x3x6x8xf32>,
             %values: tensor<2x3x6x10xf32>)
    -> (tensor<2x4x3x10xf32>) {
  %1 = tensor.empty() : tensor<2x4x3x10xf32>
  %2 = tensor.extract_slice %keys[0, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf32> to tensor<3x6x8xf32>
  %3 = tensor.extract_slice %values[0, 0, 0, 0] [1, 3, 6, 10] [1, 1, 1, 1] : tensor<2x3x6x10xf32> to tensor<3x6x10xf32>
  %4 = tensor.extract_slice %q[0, 0, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %5 = arith.constant 5 : index
  %6 = tensor.empty() : tensor<1x3x6xf32>
  %7 = cria.scores %4, %2 at %5 into %6 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %8 = tensor.empty() : tensor<1x3x6xf32>
  %9 = cria.softmax %7 at %5 into %8 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %10 = tensor.empty() : tensor<1x3x10xf32>
  %11 = cria.mix %9, %3 at %5 into %10 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %12 = tensor.insert_slice %11 into %1[0, 0, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  %13 = tensor.extract_slice %q[0, 1, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %14 = arith.constant 5 : index
  %15 = tensor.empty() : tensor<1x3x6xf32>
  %16 = cria.scores %13, %2 at %14 into %15 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %17 = tensor.empty() : tensor<1x3x6xf32>
  %18 = cria.softmax %16 at %14 into %17 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %19 = tensor.empty() : tensor<1x3x10xf32>
  %20 = cria.mix %18, %3 at %14 into %19 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %21 = tensor.insert_slice %20 into %12[0, 1, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  %22 = tensor.extract_slice %q[0, 2, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %23 = arith.constant 5 : index
  %24 = tensor.empty() : tensor<1x3x6xf32>
  %25 = cria.scores %22, %2 at %23 into %24 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %26 = tensor.empty() : tensor<1x3x6xf32>
  %27 = cria.softmax %25 at %23 into %26 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %28 = tensor.empty() : tensor<1x3x10xf32>
  %29 = cria.mix %27, %3 at %23 into %28 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %30 = tensor.insert_slice %29 into %21[0, 2, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  %31 = tensor.extract_slice %q[0, 3, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %32 = arith.constant 5 : index
  %33 = tensor.empty() : tensor<1x3x6xf32>
  %34 = cria.scores %31, %2 at %32 into %33 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %35 = tensor.empty() : tensor<1x3x6xf32>
  %36 = cria.softmax %34 at %32 into %35 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %37 = tensor.empty() : tensor<1x3x10xf32>
  %38 = cria.mix %36, %3 at %32 into %37 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %39 = tensor.insert_slice %38 into %30[0, 3, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  %40 = tensor.extract_slice %keys[1, 0, 0, 0] [1, 3, 6, 8] [1, 1, 1, 1] : tensor<2x3x6x8xf32> to tensor<3x6x8xf32>
  %41 = tensor.extract_slice %values[1, 0, 0, 0] [1, 3, 6, 10] [1, 1, 1, 1] : tensor<2x3x6x10xf32> to tensor<3x6x10xf32>
  %42 = tensor.extract_slice %q[1, 0, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %43 = arith.constant 5 : index
  %44 = tensor.empty() : tensor<1x3x6xf32>
  %45 = cria.scores %42, %40 at %43 into %44 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %46 = tensor.empty() : tensor<1x3x6xf32>
  %47 = cria.softmax %45 at %43 into %46 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %48 = tensor.empty() : tensor<1x3x10xf32>
  %49 = cria.mix %47, %41 at %43 into %48 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %50 = tensor.insert_slice %49 into %39[1, 0, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  %51 = tensor.extract_slice %q[1, 1, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %52 = arith.constant 5 : index
  %53 = tensor.empty() : tensor<1x3x6xf32>
  %54 = cria.scores %51, %40 at %52 into %53 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %55 = tensor.empty() : tensor<1x3x6xf32>
  %56 = cria.softmax %54 at %52 into %55 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %57 = tensor.empty() : tensor<1x3x10xf32>
  %58 = cria.mix %56, %41 at %52 into %57 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %59 = tensor.insert_slice %58 into %50[1, 1, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  %60 = tensor.extract_slice %q[1, 2, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %61 = arith.constant 5 : index
  %62 = tensor.empty() : tensor<1x3x6xf32>
  %63 = cria.scores %60, %40 at %61 into %62 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %64 = tensor.empty() : tensor<1x3x6xf32>
  %65 = cria.softmax %63 at %61 into %64 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %66 = tensor.empty() : tensor<1x3x10xf32>
  %67 = cria.mix %65, %41 at %61 into %66 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %68 = tensor.insert_slice %67 into %59[1, 2, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  %69 = tensor.extract_slice %q[1, 3, 0, 0] [1, 1, 3, 8] [1, 1, 1, 1] : tensor<2x4x3x8xf32> to tensor<1x3x8xf32>
  %70 = arith.constant 5 : index
  %71 = tensor.empty() : tensor<1x3x6xf32>
  %72 = cria.scores %69, %40 at %70 into %71 {scale = 3.53553390593273731e-01 : f64} : tensor<1x3x8xf32>, tensor<3x6x8xf32> into tensor<1x3x6xf32>
  %73 = tensor.empty() : tensor<1x3x6xf32>
  %74 = cria.softmax %72 at %70 into %73 : tensor<1x3x6xf32> into tensor<1x3x6xf32>
  %75 = tensor.empty() : tensor<1x3x10xf32>
  %76 = cria.mix %74, %41 at %70 into %75 : tensor<1x3x6xf32>, tensor<3x6x10xf32> into tensor<1x3x10xf32>
  %77 = tensor.insert_slice %76 into %68[1, 3, 0, 0] [1, 1, 3, 10] [1, 1, 1, 1] : tensor<1x3x10xf32> into tensor<2x4x3x10xf32>
  return %77 : tensor<2x4x3x10xf32>
}

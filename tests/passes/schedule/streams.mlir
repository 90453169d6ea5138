// RUN: cria-opt %s --split-input-file --cria-choose-schedule | FileCheck %s

// Where hardware alone reads ahead, packed rows are read in half as many places as single rows.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 256 : i64, "vector_registers" = 16 : i64,
        "read_streams" = 4 : i64>>} {
  // CHECK-LABEL: @hardware
  // CHECK: cria.kernel "single" schedule<{{.*}}streams = 4>
  // CHECK: cria.kernel "packed" schedule<{{.*}}streams = 16>
  func.func @hardware(%x: tensor<1x64xf32>, %w: tensor<8192x64x!cria.block<q4_0>>,
                      %p: tensor<8192x64x!cria.block<q4_0, packed>>, %e: tensor<1x8192xf32>)
      -> (tensor<1x8192xf32>, tensor<1x8192xf32>) {
    %single = cria.kernel "single" -> tensor<1x8192xf32> {
      %0 = cria.linear %x, %w into %e
         : tensor<1x64xf32>, tensor<8192x64x!cria.block<q4_0>> into tensor<1x8192xf32>
      cria.yield %0 : tensor<1x8192xf32>
    }
    %packed = cria.kernel "packed" -> tensor<1x8192xf32> {
      %0 = cria.linear %x, %p into %e
         : tensor<1x64xf32>, tensor<8192x64x!cria.block<q4_0, packed>> into tensor<1x8192xf32>
      cria.yield %0 : tensor<1x8192xf32>
    }
    return %single, %packed : tensor<1x8192xf32>, tensor<1x8192xf32>
  }
}

// -----

// Where software does, packed rows are read in one place, and all that is asked for is of it. With
// 32 registers there are 8 rows of sums.
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 512 : i64, "vector_registers" = 32 : i64,
        "read_streams" = 4 : i64, "prefetch_bytes" = 4096 : i64>>} {
  // CHECK-LABEL: @software
  // CHECK: cria.kernel "packed" schedule<{{.*}}block = [8, 32]{{.*}}streams = 8, prefetch = 4096>
  func.func @software(%x: tensor<1x64xf32>, %p: tensor<8192x64x!cria.block<q4_0, packed>>,
                      %e: tensor<1x8192xf32>) -> tensor<1x8192xf32> {
    %packed = cria.kernel "packed" -> tensor<1x8192xf32> {
      %0 = cria.linear %x, %p into %e
         : tensor<1x64xf32>, tensor<8192x64x!cria.block<q4_0, packed>> into tensor<1x8192xf32>
      cria.yield %0 : tensor<1x8192xf32>
    }
    return %packed : tensor<1x8192xf32>
  }
}

// RUN: cria-opt %s --cria-thread-loops --split-input-file --verify-diagnostics

// expected-error @below {{is for no GPU: vectors of a warp have 32 or 64 elements, not 4}}
gpu.module @kernels {
}

// -----

#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>
module attributes {dlti.target_system_spec = #target, gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%out: memref<4xf32>, %i: index, %x: f32) kernel {
      // expected-error @below {{writes memory in code that is the same for all threads}}
      memref.store %x, %out[%i] : memref<4xf32>
      gpu.return
    }
  }
}

// RUN: cria-opt %s --split-input-file --cria-overlap-launches | FileCheck %s

// A kernel waits for the one ahead of it before anything else.

#early = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64, "early_launch" = 1 : i64>>

module attributes {dlti.target_system_spec = #early, gpu.container_module} {
gpu.module @kernels {
  // CHECK-LABEL: gpu.func @reads(
  // CHECK-NEXT: nvvm.griddepcontrol wait
  // CHECK-NEXT: nvvm.griddepcontrol launch_dependents
  // CHECK: memref.load
  gpu.func @reads(%x: memref<f32>, %y: memref<f32>) kernel {
    %a = memref.load %x[] : memref<f32>
    memref.store %a, %y[] : memref<f32>
    gpu.return
  }
}
}

// -----

// On others it does not begin before.

#late = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>

module attributes {dlti.target_system_spec = #late, gpu.container_module} {
gpu.module @kernels {
  // CHECK-LABEL: gpu.func @late(
  // CHECK-NOT: griddepcontrol
  gpu.func @late(%x: memref<f32>) kernel {
    gpu.return
  }
}
}

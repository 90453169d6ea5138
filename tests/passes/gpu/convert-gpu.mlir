// Kernels become those of the vendor whose dialect the description of the target names.
// RUN: cria-opt %s --split-input-file --pass-pipeline='builtin.module(gpu.module(cria-convert-gpu))' -verify-diagnostics | FileCheck %s

#nvidia = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>

// The dialect that is taken if none is named.
module attributes {dlti.target_system_spec = #nvidia, gpu.container_module} {
gpu.module @kernels {
  // CHECK-LABEL: llvm.func @sum(
  // CHECK-SAME: %{{.*}}: !llvm.ptr{{.*}}nvvm.kernel
  // CHECK: nvvm.read.ptx.sreg.ctaid.x
  // CHECK: nvvm.shfl.sync bfly
  // CHECK: nvvm.barrier
  gpu.func @sum(%out: memref<8xf32>) kernel {
    %c16 = arith.constant 16 : i32
    %c32 = arith.constant 32 : i32
    %block = gpu.block_id x
    %x = memref.load %out[%block] : memref<8xf32>
    %other, %valid = gpu.shuffle xor %x, %c16, %c32 : f32
    gpu.barrier
    memref.store %other, %out[%block] : memref<8xf32>
    gpu.return
  }
}
}

// -----

#amd = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64, "dialect" = "rocdl">>

// A shuffle of 32 lanes stays inside of them where a wave has 64: it counts from the first of them.
module attributes {dlti.target_system_spec = #amd, gpu.container_module} {
gpu.module @kernels {
  // CHECK-LABEL: llvm.func @sum(
  // CHECK-SAME: %{{.*}}: !llvm.ptr{{.*}}rocdl.kernel
  // CHECK: rocdl.workgroup.id.x
  // CHECK: %[[LOW:.*]] = rocdl.mbcnt.lo
  // CHECK: %[[LANE:.*]] = rocdl.mbcnt.hi %{{.*}}, %[[LOW]]
  // CHECK: %[[NEXT:.*]] = llvm.add %[[LANE]], %[[WIDTH:.*]] : i32
  // CHECK: %[[END:.*]] = llvm.and %[[NEXT]], %{{.*}} : i32
  // CHECK: %[[FROM:.*]] = llvm.xor %[[LANE]], %{{.*}} : i32
  // CHECK: llvm.icmp "slt" %[[FROM]], %[[END]]
  // CHECK: rocdl.ds_bpermute
  // CHECK: rocdl.barrier
  gpu.func @sum(%out: memref<8xf32>) kernel {
    %c16 = arith.constant 16 : i32
    %c32 = arith.constant 32 : i32
    %block = gpu.block_id x
    %x = memref.load %out[%block] : memref<8xf32>
    %other, %valid = gpu.shuffle xor %x, %c16, %c32 : f32
    gpu.barrier
    memref.store %other, %out[%block] : memref<8xf32>
    gpu.return
  }
}
}

// -----

#other = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64, "dialect" = "spirv">>

module attributes {dlti.target_system_spec = #other, gpu.container_module} {
// expected-error @below {{is for a GPU whose dialect is neither nvvm nor rocdl, but "spirv"}}
gpu.module @kernels {
  gpu.func @nothing() kernel {
    gpu.return
  }
}
}

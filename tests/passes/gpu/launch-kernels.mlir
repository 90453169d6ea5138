// RUN: cria-opt %s --cria-launch-kernels --canonicalize --allow-unregistered-dialect | FileCheck %s

module {
  memref.global "private" constant @frequencies : memref<4xf64> = dense<1.0>
  func.func private @cria_team_next(!llvm.ptr) -> i64
  func.func private @cria_team_barrier(!llvm.ptr, i64)

  // The entry point launches; the last dimension of a grid is x, and dynamic ones are computed here.
  // CHECK: gpu.module @kernels
  // CHECK: memref.global "private" constant @frequencies
  // CHECK-LABEL: gpu.func @decode_grid(
  // CHECK-SAME: %[[N:[a-z0-9]+]]: index) kernel attributes {known_block_size = array<i32: 256, 1, 1>}
  // CHECK-DAG: memref.get_global @frequencies
  // CHECK-DAG: %[[X:.*]] = gpu.block_id x
  // CHECK-DAG: %[[Y:.*]] = gpu.block_id y
  // CHECK-DAG: %[[I:.*]] = affine.apply {{.*}}%[[Y]]
  // CHECK: "test.tile"(%[[I]], %[[X]])
  // CHECK-NOT: scf.forall
  // CHECK: gpu.return
  // The position is read from memory.
  // CHECK-LABEL: gpu.func @decode_whole(
  // CHECK-SAME: %[[ADDRESS:.*]]: index) kernel
  // CHECK: %[[WORD:.*]] = arith.index_cast %[[ADDRESS]] : index to i64
  // CHECK: %[[POINTER:.*]] = llvm.inttoptr %[[WORD]]
  // CHECK: %[[NUMBER:.*]] = llvm.load %[[POINTER]] : !llvm.ptr -> i64
  // CHECK: %[[POSITION:.*]] = arith.index_cast %[[NUMBER]] : i64 to index
  // CHECK: "test.all"(%[[POSITION]])
  // CHECK-LABEL: func.func @decode(
  // CHECK-SAME: %[[WORKER:[a-z0-9]+]]: !llvm.ptr, %[[COUNT:[a-z0-9]+]]: index, %[[PLACE:[a-z0-9]+]]: index)
  // CHECK: %[[ROWS:.*]] = affine.apply {{.*}}%[[COUNT]]
  // CHECK: gpu.launch_func @kernels::@decode_grid blocks in (%c3, %[[ROWS]], %c1) threads in (%c256, %c1, %c1) args(%[[COUNT]] : index)
  // CHECK: gpu.launch_func @kernels::@decode_whole blocks in (%c1, %c1, %c1) threads in (%c256, %c1, %c1) args(%[[PLACE]] : index)
  // CHECK-NOT: cria_team_barrier
  func.func private @decode.grid(%worker: !llvm.ptr, %n: index) attributes {cria.kernel} {
    %table = memref.get_global @frequencies : memref<4xf64>
    "test.use"(%table) : (memref<4xf64>) -> ()
    scf.forall (%i, %j) = (0, 0) to (%n, 3) step (4, 1) {
      "test.tile"(%i, %j) : (index, index) -> ()
    }
    return
  }
  func.func private @decode.whole(%worker: !llvm.ptr, %position: index) attributes {cria.kernel} {
    "test.all"(%position) : (index) -> ()
    return
  }
  func.func @decode(%worker: !llvm.ptr, %n: index, %position: index) {
    %c0 = arith.constant 0 : i64
    call @decode.grid(%worker, %n) : (!llvm.ptr, index) -> ()
    call @cria_team_barrier(%worker, %c0) : (!llvm.ptr, i64) -> ()
    call @decode.whole(%worker, %position) : (!llvm.ptr, index) -> ()
    call @cria_team_barrier(%worker, %c0) : (!llvm.ptr, i64) -> ()
    return
  }
}

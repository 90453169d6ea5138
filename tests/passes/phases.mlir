// All phases in order on a whole model, each on the output of the one before: for the machine that the
// model describes, and for one with caches so small that everything is tiled.

// RUN: cria-opt %S/tiny-model.mlir --cria-phase-model -o %t.model
// RUN: FileCheck %s --check-prefix=MODEL --implicit-check-not=cria.kernel < %t.model
// RUN: cria-opt %t.model --cria-phase-fuse -o %t.fuse
// RUN: FileCheck %s --check-prefix=FUSE < %t.fuse
// RUN: cria-opt %t.fuse --cria-phase-schedule -o %t.schedule
// RUN: FileCheck %s --check-prefix=SCHEDULE < %t.schedule
// RUN: cria-opt %t.schedule --cria-phase-loops -o %t.loops
// RUN: FileCheck %s --check-prefix=LOOPS --implicit-check-not=scf.forall < %t.loops
// RUN: cria-opt %t.loops --cria-phase-buffers -o %t.buffers
// RUN: FileCheck %s --check-prefix=BUFFERS --implicit-check-not=memref.copy \
// RUN:   --implicit-check-not=tensor. < %t.buffers
// RUN: cria-opt %t.buffers --cria-phase-cpu -o %t.cpu
// RUN: FileCheck %s --check-prefix=CPU --implicit-check-not=unrealized_conversion_cast \
// RUN:   --implicit-check-not=memref --implicit-check-not=cria.p < %t.cpu

// RUN: sed 's/"l1_bytes" = 32768/"l1_bytes" = 64/; s/"l2_bytes" = 262144/"l2_bytes" = 512/' \
// RUN:   %S/tiny-model.mlir > %t.small
// RUN: cria-opt %t.small --cria-phase-model --cria-phase-fuse --cria-phase-schedule --cria-phase-loops -o %t.small.loops
// RUN: FileCheck %s --check-prefix=TILES < %t.small.loops
// RUN: cria-opt %t.small.loops --cria-phase-buffers -o %t.small.buffers
// RUN: FileCheck %s --check-prefix=BUFFERS --implicit-check-not=memref.copy \
// RUN:   --implicit-check-not=tensor. < %t.small.buffers
// RUN: cria-opt %t.small.buffers --cria-phase-cpu -o %t.small.cpu
// RUN: FileCheck %s --check-prefixes=CPU,THREADS --implicit-check-not=unrealized_conversion_cast \
// RUN:   --implicit-check-not=memref --implicit-check-not=cria.p < %t.small.cpu

// Angles are computed once per step; the layers are one loop with one copy of the block.
// MODEL-LABEL: @prefill
// MODEL: cria.rotary_table
// MODEL: scf.for
// MODEL-COUNT-2: cria.kv_append
// MODEL: cria.attend
// MODEL: cria.swiglu
// MODEL: scf.yield
// MODEL-NOT: cria.attend
// MODEL-LABEL: @head

// FUSE-LABEL: @prefill
// FUSE: cria.kernel "rotary_table"
// FUSE: scf.for
// FUSE-COUNT-5: cria.kernel
// FUSE-NOT: cria.kernel
// FUSE: return
// FUSE-LABEL: @head

// Each kernel has a schedule, and a name of its own.
// SCHEDULE-LABEL: @prefill
// SCHEDULE: cria.kernel "{{.*}}" schedule
// SCHEDULE-LABEL: @head

// Only kernels, parameters and their uses remain of the dialect.
// LOOPS-LABEL: @prefill
// LOOPS-NOT: cria.{{embed|rms_norm|linear|rotary_table|rope|kv_append|attend|swiglu|residual}}
// LOOPS: math.exp
// LOOPS-NOT: cria.{{embed|rms_norm|linear|rotary_table|rope|kv_append|attend|swiglu|residual}}
// LOOPS-LABEL: @head

// TILES-LABEL: @prefill
// TILES: scf.for
// TILES: scf.forall
// TILES-LABEL: @head
// TILES: scf.forall

// Caches and outputs are arguments, written in place; values between kernels are in the last one.
// BUFFERS: module @{{.*}}cria.workspace_bytes = [[BYTES:[0-9]+]] : i64
// BUFFERS-LABEL: func.func private @prefill(
// BUFFERS-SAME: !cria.weights, %{{[a-z0-9]+}}: memref<4xi32>, %{{[a-z0-9]+}}: index, %{{[a-z0-9]+}}: index,
// BUFFERS-SAME: memref<2x2x32x8xbf16>, %{{[a-z0-9]+}}: memref<2x2x32x8xbf16>,
// BUFFERS-SAME: memref<4x24xf32>, %[[SPACE:[a-z0-9]+]]: memref<[[BYTES]]xi8>) {
// BUFFERS: call @prefill.{{.*}}(%{{.*}}%[[SPACE]]
// BUFFERS: call @cria_team_barrier(
// BUFFERS-LABEL: func.func private @head(

// CPU-LABEL: llvm.func @prefill(
// CPU-SAME: %{{[a-z0-9]+}}: !llvm.ptr, %{{[a-z0-9]+}}: !llvm.ptr, %{{[a-z0-9]+}}: i64, %{{[a-z0-9]+}}: i64,
// CPU: llvm.call @prefill.
// CPU: llvm.call @cria_team_barrier(
// THREADS: llvm.call @cria_team_next(
// CPU-LABEL: llvm.func @head(

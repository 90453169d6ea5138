// RUN: cria-opt %s --cria-claim-tiles --canonicalize --allow-unregistered-dialect | FileCheck %s

module {
  func.func private @cria_team_next(!llvm.ptr) -> i64

  // Tiles are numbered row by row; each thread takes the next until there is none.
  // CHECK-LABEL: func.func private @grid(
  // CHECK-SAME: %[[WORKER:.*]]: !llvm.ptr, %[[N:.*]]: index)
  // CHECK: "test.prologue"
  // CHECK: %[[COUNT:.*]] = arith.muli %{{.*}}, %c3
  // CHECK: %[[FIRST:.*]] = call @cria_team_next(%[[WORKER]])
  // CHECK: scf.while (%[[TILE:.*]] = %{{.*}})
  // CHECK: %[[MORE:.*]] = arith.cmpi ult, %[[TILE]], %[[COUNT]]
  // CHECK: scf.condition(%[[MORE]]) %[[TILE]]
  // CHECK: ^bb0(%[[T:.*]]: index):
  // CHECK: %[[COLUMN:.*]] = arith.remui %[[T]], %c3
  // CHECK: %[[ROW:.*]] = arith.divui %[[T]], %c3
  // CHECK: %[[I:.*]] = arith.muli %[[ROW]], %c4
  // CHECK: "test.tile"(%[[I]], %[[COLUMN]])
  // CHECK: func.call @cria_team_next(%[[WORKER]])
  // CHECK: scf.yield
  // CHECK-NOT: scf.forall
  func.func private @grid(%worker: !llvm.ptr, %n: index) attributes {cria.kernel} {
    "test.prologue"() : () -> ()
    scf.forall (%i, %j) = (0, 0) to (%n, 3) step (4, 1) {
      "test.tile"(%i, %j) : (index, index) -> ()
    }
    return
  }

  // A kernel without a grid is one tile.
  // CHECK-LABEL: func.func private @whole(
  // CHECK-SAME: %[[WORKER:.*]]: !llvm.ptr)
  // CHECK: call @cria_team_next(%[[WORKER]])
  // CHECK: %[[FIRST:.*]] = arith.cmpi eq
  // CHECK: scf.if %[[FIRST]] {
  // CHECK-NEXT: "test.all"()
  func.func private @whole(%worker: !llvm.ptr) attributes {cria.kernel} {
    "test.all"() : () -> ()
    return
  }

  // CHECK-LABEL: @entry
  // CHECK-NEXT: "test.entry"
  func.func private @entry(%worker: !llvm.ptr) {
    "test.entry"() : () -> ()
    return
  }
}

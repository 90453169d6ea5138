// RUN: cria-opt %s --cria-claim-tiles --canonicalize --cse --allow-unregistered-dialect | FileCheck %s

// What is before the grid is done by each thread; then it takes tiles until none is left. Tiles are
// counted in row-major order: 3 columns of 3 rows each, and as many rows as there are.
// CHECK-LABEL: func.func private @f.grid(
// CHECK-SAME: %[[WORKER:[a-z0-9]+]]: !llvm.ptr, %[[N:[a-z0-9]+]]: index)
// CHECK: "test.before"
// CHECK: %[[ROWS:.*]] = arith.ceildivui %[[N]], %c2
// CHECK: %[[COUNT:.*]] = arith.muli %[[ROWS]], %c3
// CHECK: %[[FIRST:.*]] = call @cria_team_next(%[[WORKER]])
// CHECK: scf.while
// CHECK: arith.cmpi ult, %{{.*}}, %[[COUNT]]
// CHECK: scf.condition
// CHECK: %[[COLUMN:.*]] = arith.remui %[[TILE:.*]], %c3
// CHECK: %[[ROW:.*]] = arith.divui %[[TILE]], %c3
// CHECK-DAG: %[[FROM:.*]] = arith.muli %[[COLUMN]], %c4
// CHECK-DAG: %[[J:.*]] = arith.addi %[[FROM]], %c1
// CHECK-DAG: %[[I:.*]] = arith.muli %[[ROW]], %c2
// CHECK: "test.tile"(%[[I]], %[[J]])
// CHECK-NEXT: call @cria_team_next(%[[WORKER]])
// CHECK: scf.yield
func.func private @f.grid(%worker: !llvm.ptr, %n: index) attributes {cria.kernel} {
  "test.before"() : () -> ()
  scf.forall (%i, %j) = (0, 1) to (%n, 13) step (2, 4) {
    "test.tile"(%i, %j) : (index, index) -> ()
  }
  return
}

// Without a grid, the thread that comes first does all.
// CHECK-LABEL: func.func private @f.whole(
// CHECK-NEXT: arith.constant 0
// CHECK-NEXT: %[[TILE:.*]] = call @cria_team_next
// CHECK: arith.cmpi eq
// CHECK-NEXT: scf.if
// CHECK-NEXT: "test.all"
func.func private @f.whole(%worker: !llvm.ptr) attributes {cria.kernel} {
  "test.all"() : () -> ()
  return
}

// Other functions have no tiles.
// CHECK-LABEL: func.func private @f(
// CHECK-NOT: cria_team_next
// CHECK: return
func.func private @f(%worker: !llvm.ptr) {
  call @f.whole(%worker) : (!llvm.ptr) -> ()
  return
}
func.func private @cria_team_next(!llvm.ptr) -> i64

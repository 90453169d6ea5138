// How a row is cut into vectors, on a machine with registers of 8 f32.
// RUN: cria-opt %s --cria-vectorize-rows --canonicalize --cse | FileCheck %s

#each = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 256 : i64, "vector_registers" = 16 : i64>>} {
  // Partial sums in four registers; the remaining 6 elements are a vector of their own. What was in
  // the output before is the start of the sum.
  // CHECK-LABEL: @static_sum
  // CHECK-SAME: (%[[X:[a-z0-9]*]]: memref<4x70xbf16>, %[[O:[a-z0-9]*]]: memref<4xf32>)
  // CHECK: scf.for %[[T:.*]] = %c0 to %c4
  // CHECK: %[[START:.*]] = memref.load %[[O]][%[[T]]]
  // CHECK: %[[PARTIAL:.*]] = scf.for %[[K:.*]] = %c0 to %c64 step %c32 {{.*}} -> (vector<32xf32>)
  // CHECK: vector.load %[[X]][%[[T]], %[[K]]] : memref<4x70xbf16>, vector<32xbf16>
  // CHECK: arith.extf {{.*}} to vector<32xf32>
  // CHECK: %[[MOST:.*]] = vector.reduction <add>, %[[PARTIAL]], %[[START]]
  // CHECK: vector.load %[[X]][%[[T]], %c64] : memref<4x70xbf16>, vector<6xbf16>
  // CHECK: %[[SUM:.*]] = vector.reduction <add>, %{{.*}}, %[[MOST]]
  // CHECK: memref.store %[[SUM]], %[[O]][%[[T]]]
  func.func @static_sum(%x: memref<4x70xbf16>, %o: memref<4xf32>) {
    linalg.generic {indexing_maps = [#each, #row], iterator_types = ["parallel", "reduction"]}
        ins(%x : memref<4x70xbf16>) outs(%o : memref<4xf32>) {
    ^bb0(%in: bf16, %sum: f32):
      %0 = arith.extf %in : bf16 to f32
      %1 = arith.addf %sum, %0 fastmath<reassoc> : f32
      linalg.yield %1 : f32
    }
    return
  }

  // Four registers, then one, then single elements.
  // CHECK-LABEL: @dynamic_max
  // CHECK: scf.for %{{.*}} step %c32 {{.*}} -> (vector<32xf32>)
  // CHECK: vector.reduction <maxnumf>
  // CHECK: scf.for %{{.*}} step %c8 {{.*}} -> (vector<8xf32>)
  // CHECK: vector.reduction <maxnumf>
  // CHECK: scf.for %{{.*}} step %c1 {{.*}} -> (f32)
  // CHECK: arith.maxnumf %{{.*}} : f32
  func.func @dynamic_max(%x: memref<4x?xf32>, %o: memref<4xf32>) {
    linalg.generic {indexing_maps = [#each, #row], iterator_types = ["parallel", "reduction"]}
        ins(%x : memref<4x?xf32>) outs(%o : memref<4xf32>) {
    ^bb0(%in: f32, %most: f32):
      %0 = arith.maxnumf %most, %in : f32
      linalg.yield %0 : f32
    }
    return
  }

  // Exponentials and their sum: the sum takes no more than a register, since other work hides its
  // latency. The index along the row is a vector, and what is constant along it stays a number.
  // CHECK-LABEL: @exponentials
  // CHECK-SAME: %[[TOP:[a-z0-9]*]]: memref<4xf32>, %[[SUM:[a-z0-9]*]]: memref<4xf32>, %[[N:[a-z0-9]*]]: index
  // CHECK: scf.for %[[T:.*]] = %c0 to %c4
  // CHECK: %[[ROWTOP:.*]] = memref.load %[[TOP]][%[[T]]]
  // CHECK: scf.for %[[K:.*]] = %c0 to %{{.*}} step %c8 {{.*}} -> (vector<8xf32>)
  // CHECK: vector.step : vector<8xindex>
  // CHECK: arith.addi %[[T]], %[[N]] : index
  // CHECK: arith.cmpi ule, %{{.*}} : vector<8xindex>
  // CHECK: vector.broadcast %[[ROWTOP]]
  // CHECK: math.exp %{{.*}} : vector<8xf32>
  // CHECK: vector.store
  // CHECK: scf.for %{{.*}} step %c1
  // CHECK: math.exp %{{.*}} : f32
  func.func @exponentials(%x: memref<4x?xf32, strided<[64, 1]>>, %top: memref<4xf32>,
                          %sum: memref<4xf32>, %n: index) {
    %zero = arith.constant 0.0 : f32
    linalg.generic {indexing_maps = [#row, #each, #row], iterator_types = ["parallel", "reduction"]}
        ins(%top : memref<4xf32>) outs(%x, %sum : memref<4x?xf32, strided<[64, 1]>>, memref<4xf32>) {
    ^bb0(%t: f32, %in: f32, %s: f32):
      %j = linalg.index 1 : index
      %i = linalg.index 0 : index
      %last = arith.addi %i, %n : index
      %seen = arith.cmpi ule, %j, %last : index
      %0 = arith.subf %in, %t : f32
      %1 = math.exp %0 : f32
      %2 = arith.select %seen, %1, %zero : f32
      %3 = arith.addf %s, %2 fastmath<reassoc> : f32
      linalg.yield %2, %3 : f32, f32
    }
    return
  }

  // CHECK-LABEL: @rounded
  // CHECK: scf.for %{{.*}} = %c0 to %c24 step %c8
  // CHECK: arith.truncf %{{.*}} : vector<8xf32> to vector<8xbf16>
  // CHECK: arith.truncf %{{.*}} : vector<3xf32> to vector<3xbf16>
  func.func @rounded(%x: memref<4x27xf32>, %o: memref<4x27xbf16>) {
    linalg.generic {indexing_maps = [#each, #each], iterator_types = ["parallel", "parallel"]}
        ins(%x : memref<4x27xf32>) outs(%o : memref<4x27xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %0 = arith.truncf %in : f32 to bf16
      linalg.yield %0 : bf16
    }
    return
  }
}

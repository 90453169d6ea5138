// RUN: cria-opt %s --split-input-file --cria-plan-workspace --verify-diagnostics --allow-unregistered-dialect

// expected-error @+1 {{@result returns memory that it allocates: a result is not one of its arguments}}
func.func @result() -> memref<4xf32> {
  %a = memref.alloc() : memref<4xf32>
  return %a : memref<4xf32>
}

// -----

func.func @dynamic(%n: index) {
  // expected-error @+1 {{has an unbounded dynamic size, so it cannot be placed in the workspace}}
  %a = memref.alloc(%n) : memref<?xf32>
  return
}

// -----

func.func @element() {
  // expected-error @+1 {{is not a plain array of numbers, so it cannot be placed in the workspace}}
  %a = memref.alloc() : memref<4xindex>
  return
}

// -----

func.func @layout() {
  // expected-error @+1 {{is not a plain array of numbers, so it cannot be placed in the workspace}}
  %a = memref.alloc() : memref<4x4xf32, strided<[8, 1]>>
  return
}

// -----

func.func @huge() {
  // expected-error @+1 {{is too large, so it cannot be placed in the workspace}}
  %a = memref.alloc() : memref<4611686018427387904x4xf32>
  return
}

// -----

func.func @computed(%n: memref<index>) {
  %0 = cria.kernel "k" -> memref<?xf32> {
    %size = memref.load %n[] : memref<index>
    // expected-error @+1 {{is a result of its kernel, but its size is computed inside}}
    %a = memref.alloc(%size) : memref<?xf32>
    cria.yield %a : memref<?xf32>
  }
  return
}

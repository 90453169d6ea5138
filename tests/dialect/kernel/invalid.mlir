// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @types(%x: tensor<4x24xf32>) {
  // expected-error @+1 {{kernel_c1: yields ('tensor<4x24xf32>') but returns ('tensor<4x25xf32>')}}
  %0 = cria.kernel "types" -> tensor<4x25xf32> {
    cria.yield %x : tensor<4x24xf32>
  }
  return
}

// -----

func.func @count(%x: tensor<4x24xf32>) {
  // expected-error @+1 {{kernel_c1: yields ('tensor<4x24xf32>') but returns ()}}
  cria.kernel "count" {
    cria.yield %x : tensor<4x24xf32>
  }
  return
}

// -----

func.func @nested() {
  cria.kernel "outer" {
    // expected-error @+1 {{kernel_c2: is inside kernel "outer"}}
    cria.kernel "inner" {
    }
  }
  return
}

// -----

func.func @terminator() {
  // expected-error @+1 {{expects regions to end with 'cria.yield', found 'ub.unreachable'}}
  cria.kernel "terminator" {
    // expected-note @-1 {{implies 'cria.yield'}}
    ub.unreachable
  }
  return
}

// -----

func.func @argument() {
  // expected-error @+1 {{region should have no arguments}}
  "cria.kernel"() ({
  ^bb0(%x: index):
    "cria.yield"() : () -> ()
  }) {name = "argument"} : () -> ()
  return
}

// -----

func.func @yield(%x: tensor<4x24xf32>) {
  // expected-error @+1 {{expects parent op 'cria.kernel'}}
  cria.yield %x : tensor<4x24xf32>
}

// RUN: cria-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{schedule_c1: tiles must be at least 0 and one of them positive, found [0, -1]}}
module attributes {s = #cria.schedule<tiles = [0, -1]>} {}

// -----

// expected-error @+1 {{schedule_c1: tiles must be at least 0 and one of them positive, found [0, 0]}}
module attributes {s = #cria.schedule<tiles = [0, 0]>} {}

// -----

// expected-error @+1 {{schedule_c2: block must be two positive sizes, found [6]}}
module attributes {s = #cria.schedule<block = [6]>} {}

// -----

// expected-error @+1 {{schedule_c2: block must be two positive sizes, found [0, 16]}}
module attributes {s = #cria.schedule<block = [0, 16]>} {}

// -----

// expected-error @+1 {{schedule_c3: depth must be at least 0, found -1}}
module attributes {s = #cria.schedule<depth = -1>} {}

// -----

// expected-error @+1 {{schedule_c3: keys must be at least 0, found -64}}
module attributes {s = #cria.schedule<keys = -64>} {}

// -----

// expected-error @+1 {{schedule_c3: prefetch must be at least 0, found -1}}
module attributes {s = #cria.schedule<prefetch = -1>} {}

// -----

// expected-error @+1 {{schedule_c4: streams must be 1 to 64, found 0}}
module attributes {s = #cria.schedule<streams = 0>} {}

// -----

// expected-error @+2 {{unknown unit "tensor_core"; known units: fma, dot_bf16}}
// expected-error @+1 {{failed to parse Cria_ScheduleAttr parameter 'unit'}}
module attributes {s = #cria.schedule<unit = tensor_core>} {}

// -----

// expected-error @+1 {{duplicate or unknown struct parameter name: order}}
module attributes {s = #cria.schedule<order = 1>} {}

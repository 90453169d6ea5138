// RUN: cria-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{rope_scaling_c1: linear needs factor}}
module attributes {s = #cria.rope_scaling<linear>} {}

// -----

// expected-error @+1 {{rope_scaling_c1: factor must be finite and positive, found -2.0}}
module attributes {s = #cria.rope_scaling<linear, factor = -2.0 : f64>} {}

// -----

// expected-error @+1 {{rope_scaling_c1: factor must be finite and positive, found INF}}
module attributes {s = #cria.rope_scaling<llama3, factor = 0x7FF0000000000000 : f64, low_freq_factor = 1.0 : f64, high_freq_factor = 4.0 : f64, original_context = 64>} {}

// -----

// expected-error @+1 {{rope_scaling_c2: llama3 needs low_freq_factor}}
module attributes {s = #cria.rope_scaling<llama3, factor = 8.0 : f64, high_freq_factor = 4.0 : f64, original_context = 64>} {}

// -----

// expected-error @+1 {{rope_scaling_c2: high_freq_factor must be finite and positive, found 0.0}}
module attributes {s = #cria.rope_scaling<llama3, factor = 8.0 : f64, low_freq_factor = 1.0 : f64, high_freq_factor = 0.0 : f64, original_context = 64>} {}

// -----

// expected-error @+1 {{rope_scaling_c2: low_freq_factor 4.000000e+00 must be less than high_freq_factor 4.000000e+00}}
module attributes {s = #cria.rope_scaling<llama3, factor = 8.0 : f64, low_freq_factor = 4.0 : f64, high_freq_factor = 4.0 : f64, original_context = 64>} {}

// -----

// expected-error @+1 {{rope_scaling_c3: original_context must be positive, found 0}}
module attributes {s = #cria.rope_scaling<llama3, factor = 8.0 : f64, low_freq_factor = 1.0 : f64, high_freq_factor = 4.0 : f64>} {}

// -----

// expected-error @+1 {{rope_scaling_c1: yarn needs factor}}
module attributes {s = #cria.rope_scaling<yarn, original_context = 64>} {}

// -----

// expected-error @+1 {{rope_scaling_c3: original_context must be positive, found 0}}
module attributes {s = #cria.rope_scaling<yarn, factor = 8.0 : f64, attention_factor = 1.2 : f64, beta_fast = 32.0 : f64, beta_slow = 1.0 : f64>} {}

// -----

// expected-error @+1 {{rope_scaling_c4: yarn needs attention_factor}}
module attributes {s = #cria.rope_scaling<yarn, factor = 8.0 : f64, original_context = 64, beta_fast = 32.0 : f64, beta_slow = 1.0 : f64>} {}

// -----

// expected-error @+1 {{rope_scaling_c4: attention_factor must be finite and positive, found nan}}
module attributes {s = #cria.rope_scaling<yarn, factor = 8.0 : f64, original_context = 64, attention_factor = 0x7FF8000000000000 : f64, beta_fast = 32.0 : f64, beta_slow = 1.0 : f64>} {}

// -----

// expected-error @+1 {{rope_scaling_c5: beta_slow must be finite and positive, found 0.0}}
module attributes {s = #cria.rope_scaling<yarn, factor = 8.0 : f64, original_context = 64, attention_factor = 1.2 : f64, beta_fast = 32.0 : f64, beta_slow = 0.0 : f64>} {}

// -----

// expected-error @+1 {{rope_scaling_c5: beta_slow 3.300000e+01 must not be greater than beta_fast 3.200000e+01}}
module attributes {s = #cria.rope_scaling<yarn, factor = 8.0 : f64, original_context = 64, attention_factor = 1.2 : f64, beta_fast = 32.0 : f64, beta_slow = 33.0 : f64>} {}

// -----

// expected-error @+2 {{to be one of: none, linear, llama3, yarn}}
// expected-error @+1 {{failed to parse}}
module attributes {s = #cria.rope_scaling<longrope, factor = 8.0 : f64>} {}

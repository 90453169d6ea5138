// RUN: cria-opt %s | cria-opt | FileCheck %s

module attributes {
  // CHECK: a.none = #cria.rope_scaling<none>
  a.none = #cria.rope_scaling<none>,
  // CHECK-SAME: b.linear = #cria.rope_scaling<linear, factor = 4.000000e+00 : f64>
  b.linear = #cria.rope_scaling<linear, factor = 4.0 : f64>,
  // CHECK-SAME: c.llama3 = #cria.rope_scaling<llama3, factor = 8.000000e+00 : f64, low_freq_factor = 1.000000e+00 : f64, high_freq_factor = 4.000000e+00 : f64, original_context = 8192>
  c.llama3 = #cria.rope_scaling<llama3, factor = 8.0 : f64, low_freq_factor = 1.0 : f64,
                                high_freq_factor = 4.0 : f64, original_context = 8192>,
  // CHECK-SAME: d.yarn = #cria.rope_scaling<yarn, factor = 4.000000e+00 : f64, original_context = 4096, attention_factor = 1.125000e+00 : f64, beta_fast = 3.200000e+01 : f64, beta_slow = 1.000000e+00 : f64, truncate = false>
  d.yarn = #cria.rope_scaling<yarn, factor = 4.0 : f64, original_context = 4096, attention_factor = 1.125 : f64,
                              beta_fast = 32.0 : f64, beta_slow = 1.0 : f64, truncate = false>
} {}

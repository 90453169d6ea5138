// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK: cria.param @q_proj "model.layers.{}.self_attn.q_proj.weight" x 16 repeated : tensor<2048x2048xbf16>
cria.param @q_proj "model.layers.{}.self_attn.q_proj.weight" x 16 repeated
  : tensor<2048x2048xbf16>
// CHECK: cria.param @embed "model.embed_tokens.weight" : tensor<128256x2048xbf16>
cria.param @embed "model.embed_tokens.weight" : tensor<128256x2048xbf16>
// A repeat of one layer still counts as repeated.
// CHECK: cria.param @norm "model.layers.{}.norm.weight" repeated : tensor<2048xf16>
cria.param @norm "model.layers.{}.norm.weight" repeated : tensor<2048xf16>
// Layers that are stored in two ways.
// CHECK: cria.param @v "model.layers.{}.self_attn.v_proj.weight" x 3 repeated layers [0, 2] : tensor<512x2048xf32>
cria.param @v "model.layers.{}.self_attn.v_proj.weight" x 3 repeated layers [0, 2]
  : tensor<512x2048xf32>
// CHECK: cria.param @v_2 "model.layers.{}.self_attn.v_proj.weight" x 3 repeated layers [1] : tensor<512x2048xbf16>
cria.param @v_2 "model.layers.{}.self_attn.v_proj.weight" x 3 repeated layers [1]
  : tensor<512x2048xbf16>

// A model of two layers as criac emits it, without @decode: the input of phases.mlir.
//   criac tests/goldens/tiny/gqa-2 --emit=mlir --prefill-chunk 4 --max-seq 32 --kv-dtype bf16
//     --target x86_64-linux-gnu --cpu x86-64-v3
// It is printed exactly as it is parsed.
// RUN: cria-opt %s | cria-opt | FileCheck %s
// CHECK: module @gqa_2
// CHECK: func.func private @prefill
// CHECK: func.func private @head

#map = affine_map<()[s0] -> (4, s0)>
module @gqa_2 attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" = #dlti.target_device_spec<"vector_bits" = 256 : i64, "l1_bytes" = 32768 : i64, "l2_bytes" = 262144 : i64>>} {
  cria.param @embed_tokens "model.embed_tokens.weight" : tensor<80x24xbf16>
  cria.param @input_layernorm "model.layers.{}.input_layernorm.weight" x 2 repeated : tensor<24xbf16>
  cria.param @self_attn_q_proj "model.layers.{}.self_attn.q_proj.weight" x 2 repeated : tensor<32x24xbf16>
  cria.param @self_attn_k_proj "model.layers.{}.self_attn.k_proj.weight" x 2 repeated : tensor<16x24xbf16>
  cria.param @self_attn_v_proj "model.layers.{}.self_attn.v_proj.weight" x 2 repeated : tensor<16x24xbf16>
  cria.param @self_attn_o_proj "model.layers.{}.self_attn.o_proj.weight" x 2 repeated : tensor<24x32xbf16>
  cria.param @post_attention_layernorm "model.layers.{}.post_attention_layernorm.weight" x 2 repeated : tensor<24xbf16>
  cria.param @mlp_gate_proj "model.layers.{}.mlp.gate_proj.weight" x 2 repeated : tensor<36x24xbf16>
  cria.param @mlp_up_proj "model.layers.{}.mlp.up_proj.weight" x 2 repeated : tensor<36x24xbf16>
  cria.param @mlp_down_proj "model.layers.{}.mlp.down_proj.weight" x 2 repeated : tensor<24x36xbf16>
  cria.param @norm "model.norm.weight" : tensor<24xbf16>
  cria.param @lm_head "lm_head.weight" : tensor<80x24xbf16>
  func.func private @prefill(%arg0: !cria.weights, %arg1: tensor<4xi32>, %arg2: index, %arg3: index, %arg4: tensor<2x2x32x8xbf16>, %arg5: tensor<2x2x32x8xbf16>, %arg6: tensor<4x24xf32>) -> (tensor<2x2x32x8xbf16>, tensor<2x2x32x8xbf16>, tensor<4x24xf32>) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c0 = arith.constant 0 : index
    %0 = affine.min #map()[%arg2]
    %extracted_slice = tensor.extract_slice %arg1[0] [%0] [1] : tensor<4xi32> to tensor<?xi32>
    %extracted_slice_0 = tensor.extract_slice %arg6[0, 0] [%0, 24] [1, 1] : tensor<4x24xf32> to tensor<?x24xf32>
    %1 = tensor.empty(%0) : tensor<?x4xf32>
    %2:2 = cria.rotary_table %arg3 into %1, %1 {scaling = #cria.rope_scaling<none>, theta = 1.000000e+04 : f64} : tensor<?x4xf32>, tensor<?x4xf32>
    %3 = cria.weight %arg0, @embed_tokens : tensor<80x24xbf16>
    %4 = cria.embed %extracted_slice, %3 into %extracted_slice_0 : tensor<?xi32>, tensor<80x24xbf16> into tensor<?x24xf32>
    %5:3 = scf.for %arg7 = %c0 to %c2 step %c1 iter_args(%arg8 = %4, %arg9 = %arg4, %arg10 = %arg5) -> (tensor<?x24xf32>, tensor<2x2x32x8xbf16>, tensor<2x2x32x8xbf16>) {
      %6 = cria.weight %arg0, @input_layernorm[%arg7] : tensor<24xbf16>
      %7 = tensor.empty(%0) : tensor<?x24xf32>
      %8 = cria.rms_norm %arg8, %6 into %7 {eps = 1.000000e-05 : f64} : tensor<?x24xf32>, tensor<24xbf16> into tensor<?x24xf32>
      %9 = cria.weight %arg0, @self_attn_q_proj[%arg7] : tensor<32x24xbf16>
      %10 = tensor.empty(%0) : tensor<?x32xf32>
      %11 = cria.linear %8, %9 into %10 : tensor<?x24xf32>, tensor<32x24xbf16> into tensor<?x32xf32>
      %expanded = tensor.expand_shape %11 [[0], [1, 2]] output_shape [%0, 4, 8] : tensor<?x32xf32> into tensor<?x4x8xf32>
      %12 = tensor.empty(%0) : tensor<?x4x8xf32>
      %13 = cria.rope %expanded, %2#0, %2#1 into %12 : tensor<?x4x8xf32>, tensor<?x4xf32>, tensor<?x4xf32> into tensor<?x4x8xf32>
      %14 = cria.weight %arg0, @self_attn_k_proj[%arg7] : tensor<16x24xbf16>
      %15 = tensor.empty(%0) : tensor<?x16xf32>
      %16 = cria.linear %8, %14 into %15 : tensor<?x24xf32>, tensor<16x24xbf16> into tensor<?x16xf32>
      %expanded_1 = tensor.expand_shape %16 [[0], [1, 2]] output_shape [%0, 2, 8] : tensor<?x16xf32> into tensor<?x2x8xf32>
      %17 = tensor.empty(%0) : tensor<?x2x8xf32>
      %18 = cria.rope %expanded_1, %2#0, %2#1 into %17 : tensor<?x2x8xf32>, tensor<?x4xf32>, tensor<?x4xf32> into tensor<?x2x8xf32>
      %19 = cria.weight %arg0, @self_attn_v_proj[%arg7] : tensor<16x24xbf16>
      %20 = cria.linear %8, %19 into %15 : tensor<?x24xf32>, tensor<16x24xbf16> into tensor<?x16xf32>
      %expanded_2 = tensor.expand_shape %20 [[0], [1, 2]] output_shape [%0, 2, 8] : tensor<?x16xf32> into tensor<?x2x8xf32>
      %extracted_slice_3 = tensor.extract_slice %arg9[%arg7, 0, 0, 0] [1, 2, 32, 8] [1, 1, 1, 1] : tensor<2x2x32x8xbf16> to tensor<2x32x8xbf16>
      %21 = cria.kv_append %18 at %arg3 into %extracted_slice_3 : tensor<?x2x8xf32> into tensor<2x32x8xbf16>
      %extracted_slice_4 = tensor.extract_slice %arg10[%arg7, 0, 0, 0] [1, 2, 32, 8] [1, 1, 1, 1] : tensor<2x2x32x8xbf16> to tensor<2x32x8xbf16>
      %22 = cria.kv_append %expanded_2 at %arg3 into %extracted_slice_4 : tensor<?x2x8xf32> into tensor<2x32x8xbf16>
      %23 = cria.attend %13, %21, %22 at %arg3 into %12 {scale = 0.35355339059327373 : f64} : tensor<?x4x8xf32>, tensor<2x32x8xbf16>, tensor<2x32x8xbf16> into tensor<?x4x8xf32>
      %inserted_slice_5 = tensor.insert_slice %21 into %arg9[%arg7, 0, 0, 0] [1, 2, 32, 8] [1, 1, 1, 1] : tensor<2x32x8xbf16> into tensor<2x2x32x8xbf16>
      %inserted_slice_6 = tensor.insert_slice %22 into %arg10[%arg7, 0, 0, 0] [1, 2, 32, 8] [1, 1, 1, 1] : tensor<2x32x8xbf16> into tensor<2x2x32x8xbf16>
      %collapsed = tensor.collapse_shape %23 [[0], [1, 2]] : tensor<?x4x8xf32> into tensor<?x32xf32>
      %24 = cria.weight %arg0, @self_attn_o_proj[%arg7] : tensor<24x32xbf16>
      %25 = cria.linear %collapsed, %24 into %7 : tensor<?x32xf32>, tensor<24x32xbf16> into tensor<?x24xf32>
      %26 = cria.residual %25 into %arg8 : tensor<?x24xf32> into tensor<?x24xf32>
      %27 = cria.weight %arg0, @post_attention_layernorm[%arg7] : tensor<24xbf16>
      %28 = cria.rms_norm %26, %27 into %7 {eps = 1.000000e-05 : f64} : tensor<?x24xf32>, tensor<24xbf16> into tensor<?x24xf32>
      %29 = cria.weight %arg0, @mlp_gate_proj[%arg7] : tensor<36x24xbf16>
      %30 = tensor.empty(%0) : tensor<?x36xf32>
      %31 = cria.linear %28, %29 into %30 : tensor<?x24xf32>, tensor<36x24xbf16> into tensor<?x36xf32>
      %32 = cria.weight %arg0, @mlp_up_proj[%arg7] : tensor<36x24xbf16>
      %33 = cria.linear %28, %32 into %30 : tensor<?x24xf32>, tensor<36x24xbf16> into tensor<?x36xf32>
      %34 = cria.swiglu %31, %33 into %30 : tensor<?x36xf32>, tensor<?x36xf32> into tensor<?x36xf32>
      %35 = cria.weight %arg0, @mlp_down_proj[%arg7] : tensor<24x36xbf16>
      %36 = cria.linear %34, %35 into %7 : tensor<?x36xf32>, tensor<24x36xbf16> into tensor<?x24xf32>
      %37 = cria.residual %36 into %26 : tensor<?x24xf32> into tensor<?x24xf32>
      scf.yield %37, %inserted_slice_5, %inserted_slice_6 : tensor<?x24xf32>, tensor<2x2x32x8xbf16>, tensor<2x2x32x8xbf16>
    }
    %inserted_slice = tensor.insert_slice %5#0 into %arg6[0, 0] [%0, 24] [1, 1] : tensor<?x24xf32> into tensor<4x24xf32>
    return %5#1, %5#2, %inserted_slice : tensor<2x2x32x8xbf16>, tensor<2x2x32x8xbf16>, tensor<4x24xf32>
  }
  func.func private @head(%arg0: !cria.weights, %arg1: tensor<1x24xf32>, %arg2: tensor<1x80xf32>) -> tensor<1x80xf32> {
    %0 = cria.weight %arg0, @norm : tensor<24xbf16>
    %1 = tensor.empty() : tensor<1x24xf32>
    %2 = cria.rms_norm %arg1, %0 into %1 {eps = 1.000000e-05 : f64} : tensor<1x24xf32>, tensor<24xbf16> into tensor<1x24xf32>
    %3 = cria.weight %arg0, @lm_head : tensor<80x24xbf16>
    %4 = cria.linear %2, %3 into %arg2 : tensor<1x24xf32>, tensor<80x24xbf16> into tensor<1x80xf32>
    return %4 : tensor<1x80xf32>
  }
}

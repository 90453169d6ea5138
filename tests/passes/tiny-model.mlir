// A model of two layers as criac emits it, without @decode: the input of phases.mlir.
//   criac tests/goldens/tiny/gqa-2 --emit=mlir --prefill-chunk 4 --max-seq 32 --kv-dtype bf16
//     --target x86_64-linux-gnu --cpu x86-64-v3
// It is printed exactly as it is parsed.
// RUN: cria-opt %s | cria-opt | FileCheck %s
// CHECK: module @gqa_2
// CHECK: func.func private @prefill
// CHECK: func.func private @head

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
  func.func private @prefill(%arg0: !cria.weights, %arg1: tensor<4xi32>, %arg2: index, %arg3: tensor<2x2x35x8xbf16>, %arg4: tensor<2x2x35x8xbf16>, %arg5: tensor<4x24xf32>) -> (tensor<2x2x35x8xbf16>, tensor<2x2x35x8xbf16>, tensor<4x24xf32>) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c0 = arith.constant 0 : index
    %0 = tensor.empty() : tensor<4x4xf32>
    %1:2 = cria.rotary_table %arg2 into %0, %0 {scaling = #cria.rope_scaling<none>, theta = 1.000000e+04 : f64} : tensor<4x4xf32>, tensor<4x4xf32>
    %2 = cria.weight %arg0, @embed_tokens : tensor<80x24xbf16>
    %3 = cria.embed %arg1, %2 into %arg5 : tensor<4xi32>, tensor<80x24xbf16> into tensor<4x24xf32>
    %4:3 = scf.for %arg6 = %c0 to %c2 step %c1 iter_args(%arg7 = %3, %arg8 = %arg3, %arg9 = %arg4) -> (tensor<4x24xf32>, tensor<2x2x35x8xbf16>, tensor<2x2x35x8xbf16>) {
      %5 = cria.weight %arg0, @input_layernorm[%arg6] : tensor<24xbf16>
      %6 = tensor.empty() : tensor<4x24xf32>
      %7 = cria.rms_norm %arg7, %5 into %6 {eps = 1.000000e-05 : f64} : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
      %8 = cria.weight %arg0, @self_attn_q_proj[%arg6] : tensor<32x24xbf16>
      %9 = tensor.empty() : tensor<4x32xf32>
      %10 = cria.linear %7, %8 into %9 : tensor<4x24xf32>, tensor<32x24xbf16> into tensor<4x32xf32>
      %expanded = tensor.expand_shape %10 [[0], [1, 2]] output_shape [4, 4, 8] : tensor<4x32xf32> into tensor<4x4x8xf32>
      %11 = tensor.empty() : tensor<4x4x8xf32>
      %12 = cria.rope %expanded, %1#0, %1#1 into %11 : tensor<4x4x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x4x8xf32>
      %13 = cria.weight %arg0, @self_attn_k_proj[%arg6] : tensor<16x24xbf16>
      %14 = tensor.empty() : tensor<4x16xf32>
      %15 = cria.linear %7, %13 into %14 : tensor<4x24xf32>, tensor<16x24xbf16> into tensor<4x16xf32>
      %expanded_0 = tensor.expand_shape %15 [[0], [1, 2]] output_shape [4, 2, 8] : tensor<4x16xf32> into tensor<4x2x8xf32>
      %16 = tensor.empty() : tensor<4x2x8xf32>
      %17 = cria.rope %expanded_0, %1#0, %1#1 into %16 : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
      %18 = cria.weight %arg0, @self_attn_v_proj[%arg6] : tensor<16x24xbf16>
      %19 = cria.linear %7, %18 into %14 : tensor<4x24xf32>, tensor<16x24xbf16> into tensor<4x16xf32>
      %expanded_1 = tensor.expand_shape %19 [[0], [1, 2]] output_shape [4, 2, 8] : tensor<4x16xf32> into tensor<4x2x8xf32>
      %extracted_slice = tensor.extract_slice %arg8[%arg6, 0, 0, 0] [1, 2, 35, 8] [1, 1, 1, 1] : tensor<2x2x35x8xbf16> to tensor<2x35x8xbf16>
      %20 = cria.kv_append %17 at %arg2 into %extracted_slice : tensor<4x2x8xf32> into tensor<2x35x8xbf16>
      %extracted_slice_2 = tensor.extract_slice %arg9[%arg6, 0, 0, 0] [1, 2, 35, 8] [1, 1, 1, 1] : tensor<2x2x35x8xbf16> to tensor<2x35x8xbf16>
      %21 = cria.kv_append %expanded_1 at %arg2 into %extracted_slice_2 : tensor<4x2x8xf32> into tensor<2x35x8xbf16>
      %22 = cria.attend %12, %20, %21 at %arg2 into %11 {scale = 0.35355339059327373 : f64} : tensor<4x4x8xf32>, tensor<2x35x8xbf16>, tensor<2x35x8xbf16> into tensor<4x4x8xf32>
      %inserted_slice = tensor.insert_slice %20 into %arg8[%arg6, 0, 0, 0] [1, 2, 35, 8] [1, 1, 1, 1] : tensor<2x35x8xbf16> into tensor<2x2x35x8xbf16>
      %inserted_slice_3 = tensor.insert_slice %21 into %arg9[%arg6, 0, 0, 0] [1, 2, 35, 8] [1, 1, 1, 1] : tensor<2x35x8xbf16> into tensor<2x2x35x8xbf16>
      %collapsed = tensor.collapse_shape %22 [[0], [1, 2]] : tensor<4x4x8xf32> into tensor<4x32xf32>
      %23 = cria.weight %arg0, @self_attn_o_proj[%arg6] : tensor<24x32xbf16>
      %24 = cria.linear %collapsed, %23 into %6 : tensor<4x32xf32>, tensor<24x32xbf16> into tensor<4x24xf32>
      %25 = cria.residual %24 into %arg7 : tensor<4x24xf32> into tensor<4x24xf32>
      %26 = cria.weight %arg0, @post_attention_layernorm[%arg6] : tensor<24xbf16>
      %27 = cria.rms_norm %25, %26 into %6 {eps = 1.000000e-05 : f64} : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
      %28 = cria.weight %arg0, @mlp_gate_proj[%arg6] : tensor<36x24xbf16>
      %29 = tensor.empty() : tensor<4x36xf32>
      %30 = cria.linear %27, %28 into %29 : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
      %31 = cria.weight %arg0, @mlp_up_proj[%arg6] : tensor<36x24xbf16>
      %32 = cria.linear %27, %31 into %29 : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
      %33 = cria.swiglu %30, %32 into %29 : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
      %34 = cria.weight %arg0, @mlp_down_proj[%arg6] : tensor<24x36xbf16>
      %35 = cria.linear %33, %34 into %6 : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
      %36 = cria.residual %35 into %25 : tensor<4x24xf32> into tensor<4x24xf32>
      scf.yield %36, %inserted_slice, %inserted_slice_3 : tensor<4x24xf32>, tensor<2x2x35x8xbf16>, tensor<2x2x35x8xbf16>
    }
    return %4#1, %4#2, %4#0 : tensor<2x2x35x8xbf16>, tensor<2x2x35x8xbf16>, tensor<4x24xf32>
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


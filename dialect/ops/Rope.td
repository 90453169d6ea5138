//===- Rope.td - Rotary position embedding -------------------*- tablegen -*-===//
#ifndef CRIA_ROPE_TD
#define CRIA_ROPE_TD
include "dialect/base/CriaBase.td"

def Cria_RopeScalingKind : I32EnumAttr<"RopeScalingKind", "how frequencies are rescaled", [
    I32EnumAttrCase<"none", 0>, I32EnumAttrCase<"linear", 1>, I32EnumAttrCase<"llama3", 2>,
    I32EnumAttrCase<"yarn", 3>]> {
  let cppNamespace = "::cria";
  let genSpecializedAttr = 0;
}

def Cria_RopeScalingAttr : Cria_Attr<"RopeScaling", "rope_scaling"> {
  let summary = "rescaling of rotary frequencies for long contexts";
  let description = [{
    - `none`: frequencies as they are.
    - `linear`: every frequency divided by `factor`.
    - `llama3` (Llama 3.1): with wavelength λ = 2π / frequency and context
      C = `original_context`, frequencies with λ < C / `high_freq_factor` are kept,
      those with λ > C / `low_freq_factor` are divided by `factor`, and between
      the two the frequency is blended linearly in C / λ.
    - `yarn` (Peng et al. 2023): frequency i turns β times in C tokens at i = b(β), with
      b(β) = E · ln(C / 2πβ) / (2 ln theta). Frequencies up to i = b(`beta_fast`) are kept,
      those from b(`beta_slow`) on are divided by `factor`, and between the two the frequency is
      blended linearly in i. The two bounds are clamped to 0 and E - 1, after being rounded
      down and up unless `truncate` is false. Cosines and sines are multiplied by
      `attention_factor`.

    Constraints:
    - (rope_scaling_c1) `linear`, `llama3` and `yarn` have a finite, positive `factor`.
    - (rope_scaling_c2) `llama3` has 0 < `low_freq_factor` < `high_freq_factor`, finite.
    - (rope_scaling_c3) `llama3` and `yarn` have a positive `original_context`, in tokens.
    - (rope_scaling_c4) `yarn` has a finite, positive `attention_factor`.
    - (rope_scaling_c5) `yarn` has 0 < `beta_slow` <= `beta_fast`, finite.

    Example:
    ```mlir
    #cria.rope_scaling<llama3, factor = 8.0 : f64, low_freq_factor = 1.0 : f64,
                       high_freq_factor = 4.0 : f64, original_context = 8192>
    ```
  }];
  let parameters = (ins
    EnumParameter<Cria_RopeScalingKind>:$kind,
    OptionalParameter<"::mlir::FloatAttr">:$factor,
    OptionalParameter<"::mlir::FloatAttr">:$low_freq_factor,
    OptionalParameter<"::mlir::FloatAttr">:$high_freq_factor,
    OptionalParameter<"int64_t">:$original_context,
    OptionalParameter<"::mlir::FloatAttr">:$attention_factor,
    OptionalParameter<"::mlir::FloatAttr">:$beta_fast,
    OptionalParameter<"::mlir::FloatAttr">:$beta_slow,
    OptionalParameter<"::mlir::BoolAttr">:$truncate);
  let assemblyFormat = [{
    `<` $kind (`,` struct($factor, $low_freq_factor, $high_freq_factor, $original_context,
                          $attention_factor, $beta_fast, $beta_slow, $truncate)^)? `>`
  }];
  let extraClassDeclaration = [{
    /// What cosines and sines are multiplied by.
    double getMagnitude() const {
      return getAttentionFactor() ? getAttentionFactor().getValueAsDouble() : 1;
    }
  }];
  let genVerifyDecl = 1;
}

def Cria_RopePairing : I32EnumAttr<"RopePairing", "which elements of a head are rotated together", [
    I32EnumAttrCase<"half", 0>, I32EnumAttrCase<"interleaved", 1>]> {
  let cppNamespace = "::cria";
}

def Cria_RotaryTableOp : Cria_ComputeOp<"rotary_table",
    [DeclareOpInterfaceMethods<Cria_PositionOpInterface>]> {
  let summary = "the angles of rotary embedding, once a step";
  let description = [{
    angle(t, i) = (position + t) · frequency(i)
    cos[t, i] = cos(angle(t, i)),  sin[t, i] = sin(angle(t, i))

    frequency(i) = theta^(-2i / E), rescaled by `scaling`, which may also multiply cosines and
    sines (yarn). Angles are computed in f64: at position 100,000 an f32 angle is off by up to
    0.006 radians.

    Shapes: cos and sin [T, E/2]. All layers share one table.

    Constraints:
    - (rotary_table_c1) cos and sin have the same shape.
    - (rotary_table_c2) theta is finite and positive.
    - (rotary_table_c3) theta is greater than 1 where the scaling is `yarn`.

    Example:
    ```mlir
    %cos, %sin = cria.rotary_table %position into %c, %s
        {theta = 5.0e5 : f64, scaling = #cria.rope_scaling<none>}
      : tensor<4x32xf32>, tensor<4x32xf32>
    ```
  }];
  let inits = 2;
  let arguments = (ins Index:$position, Cria_Activations2D:$cos, Cria_Activations2D:$sin,
                   F64Attr:$theta, Cria_RopeScalingAttr:$scaling);
  let assemblyFormat = [{
    $position `into` $cos `,` $sin attr-dict `:` type($cos) `,` type($sin)
  }];
}

def Cria_RopeOp : Cria_ComputeOp<"rope"> {
  let summary = "rotation of the pairs of every head";
  let description = [{
    Each pair (a, b) of elements of a head is turned by the angle of its position:

    a' = a · cos[t, i] - b · sin[t, i],  b' = b · cos[t, i] + a · sin[t, i]

    (Su et al. 2021.) With `half` pairing, as in Hugging Face checkpoints, pair i is
    elements i and i + E/2; with `interleaved`, as in the original weights, 2i and 2i + 1.

    Shapes: x [T, H, E], cos and sin [T, E/2], out [T, H, E].

    Constraints:
    - (rope_c1) out has the shape of x.
    - (rope_c2) E is even.
    - (rope_c3) cos and sin are [T, E/2].

    Example:
    ```mlir
    %r = cria.rope %q, %cos, %sin into %e
       : tensor<4x8x64xf32>, tensor<4x32xf32>, tensor<4x32xf32> into tensor<4x8x64xf32>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$x, Cria_Activations2D:$cos, Cria_Activations2D:$sin,
                   Cria_Activations3D:$out,
                   DefaultValuedAttr<Cria_RopePairing, "::cria::RopePairing::half">:$pairing);
  let assemblyFormat = [{
    $x `,` $cos `,` $sin `into` $out attr-dict
    `:` type($x) `,` type($cos) `,` type($sin) `into` type($out)
  }];
}

#endif // CRIA_ROPE_TD

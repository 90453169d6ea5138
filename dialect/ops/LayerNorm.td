//===- LayerNorm.td - Layer norm -----------------------------*- tablegen -*-===//
#ifndef CRIA_LAYERNORM_TD
#define CRIA_LAYERNORM_TD
include "dialect/base/CriaBase.td"

def Cria_LayerNormOp : Cria_ComputeOp<"layer_norm", [AttrSizedOperandSegments]> {
  let summary = "layer normalisation, for comparison with rms_norm";
  let description = [{
        out[t, i] = (x[t, i] - m[t]) · rsqrt(mean_j (x[t, j] - m[t])² + eps) · weight[i] + bias[i],
        m[t] = mean_j x[t, j]

    (Ba et al. 2016.) `rms_norm` omits the mean and the bias. Statistics are f32, and the
    variance is that of the centred elements. Without `weight` the gain is 1; without `bias`
    the offset is 0.

    Shapes: x [T, D], weight [D], bias [D], out [T, D].

    Constraints:
    - (layer_norm_c1) out has the shape of x.
    - (layer_norm_c2) dim(weight, 0) = dim(x, 1)
    - (layer_norm_c3) dim(bias, 0) = dim(x, 1)
    - (layer_norm_c4) eps is finite and at least 0.

    Example:
    ```mlir
    %n = cria.layer_norm %x, %g bias %b into %e {eps = 1.0e-5 : f64}
       : tensor<4x128xf32>, tensor<128xbf16> bias tensor<128xbf16> into tensor<4x128xf32>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$x, Optional<Cria_Weight1D>:$weight,
                   Optional<Cria_Weight1D>:$bias, Cria_Activations2D:$out, F64Attr:$eps);
  let hasCanonicalizeMethod = 1;
  let assemblyFormat = [{
    $x (`,` $weight^)? (`bias` $bias^)? `into` $out attr-dict
    `:` type($x) (`,` type($weight)^)? (`bias` type($bias)^)? `into` type($out)
  }];
}

#endif // CRIA_LAYERNORM_TD

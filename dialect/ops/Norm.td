//===- Norm.td - RMSNorm -------------------------------------*- tablegen -*-===//
#ifndef CRIA_NORM_TD
#define CRIA_NORM_TD
include "dialect/base/CriaBase.td"

def Cria_RmsScaleOp : Cria_ComputeOp<"rms_scale"> {
  let summary = "the factor by which RMSNorm multiplies each token";
  let description = [{
        out[t] = rsqrt(mean_j x[t, j]² + eps)

    RMSNorm without the multiplication. A linear that follows a norm needs only this one
    number per token, and can apply it to its result (Graef et al. 2024, "FlashNorm").

    Shapes: x [T, D], out [T].

    Constraints:
    - (rms_scale_c1) dim(out, 0) = dim(x, 0)
    - (rms_scale_c2) eps is finite and at least 0.

    Example:
    ```mlir
    %r = cria.rms_scale %x into %e {eps = 1.0e-5 : f64}
       : tensor<4x128xf32> into tensor<4xf32>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$x, Cria_Activations1D:$out, F64Attr:$eps);
  let assemblyFormat = "$x `into` $out attr-dict `:` type($x) `into` type($out)";
}

def Cria_RmsNormOp : Cria_ComputeOp<"rms_norm"> {
  let summary = "root-mean-square normalisation";
  let description = [{
        out[t, i] = x[t, i] · rsqrt(mean_j x[t, j]² + eps) · weight[i]

    (Zhang & Sennrich 2019.) No mean is subtracted and there is no bias.
    Statistics are f32. Without `weight` the gain is 1.

    Shapes: x [T, D], weight [D], out [T, D].

    Constraints:
    - (rms_norm_c1) out has the shape of x.
    - (rms_norm_c2) dim(weight, 0) = dim(x, 1)
    - (rms_norm_c3) eps is finite and at least 0.

    Example:
    ```mlir
    %n = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
       : tensor<4x128xf32>, tensor<128xbf16> into tensor<4x128xf32>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$x, Optional<Cria_Weight1D>:$weight,
                   Cria_Activations2D:$out, F64Attr:$eps);
  let hasCanonicalizeMethod = 1;
  let assemblyFormat = [{
    $x (`,` $weight^)? `into` $out attr-dict
    `:` type($x) (`,` type($weight)^)? `into` type($out)
  }];
}

#endif // CRIA_NORM_TD

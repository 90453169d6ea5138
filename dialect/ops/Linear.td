//===- Linear.td - Products with a weight --------------------*- tablegen -*-===//
#ifndef CRIA_LINEAR_TD
#define CRIA_LINEAR_TD
include "dialect/base/CriaBase.td"

def Cria_LinearOp : Cria_ComputeOp<"linear", [AttrSizedOperandSegments]> {
  let summary = "product with a weight stored as in checkpoints: [out, in]";
  let description = [{
        out[t, n] = alpha · (scale[t] · Σ_k x[t, k] · gain[k] · weight[n, k] + bias[n])

    Products are accumulated in f32, in an unspecified order. Absent factors are 1 and an
    absent bias is 0. Fusions turn a norm before the product into `gain` and `scale`, and a
    factor after it into `alpha`. Lowering applies `gain` to x once per kernel, and the other
    factors to the sums. Where integers are multiplied, x is rounded to blocks of `q8` before.

    Shapes: x [T, K], weight [N, K], bias [N], gain [K], scale [T], out [T, N].

    Constraints:
    - (linear_c1) dim(weight, 1) = dim(x, 1)
    - (linear_c2) dim(out, 0) = dim(x, 0) and dim(out, 1) = dim(weight, 0)
    - (linear_c3) dim(bias, 0) = dim(weight, 0)
    - (linear_c4) dim(gain, 0) = dim(x, 1)
    - (linear_c5) dim(scale, 0) = dim(x, 0)
    - (linear_c6) alpha is finite.
    - (linear_c7) x of blocks is of `q8`.

    Example:
    ```mlir
    %q = cria.linear %x, %w into %e
       : tensor<4x128xf32>, tensor<256x128xbf16> into tensor<4x256xf32>
    %k = cria.linear %x, %w bias %b into %e
       : tensor<4x128xf32>, tensor<256x128xf32> bias tensor<256xf32> into tensor<4x256xf32>
    %n = cria.linear %x, %w gain %g scale %r into %e
       : tensor<4x128xf32>, tensor<256x128xbf16> gain tensor<128xbf16> scale tensor<4xf32>
         into tensor<4x256xf32>
    ```
  }];
  let arguments = (ins Cria_Factors2D:$x, Cria_Weight2D:$weight,
                   Optional<Cria_Weight1D>:$bias, Optional<Cria_Weight1D>:$gain,
                   Optional<Cria_Activations1D>:$scale, Cria_Activations2D:$out,
                   DefaultValuedAttr<F64Attr, "1.0">:$alpha);
  let builders = [OpBuilder<(ins "::mlir::Value":$x, "::mlir::Value":$weight,
                                 "::mlir::Value":$bias, "::mlir::Value":$out), [{
    build($_builder, $_state, x, weight, bias, /*gain=*/::mlir::Value(),
          /*scale=*/::mlir::Value(), out, $_builder.getF64FloatAttr(1));
  }]>];
  let hasCanonicalizeMethod = 1;
  let assemblyFormat = [{
    $x `,` $weight (`bias` $bias^)? (`gain` $gain^)? (`scale` $scale^)? `into` $out attr-dict
    `:` type($x) `,` type($weight) (`bias` type($bias)^)? (`gain` type($gain)^)?
        (`scale` type($scale)^)? `into` type($out)
  }];
}

#endif // CRIA_LINEAR_TD

//===- Linear.td - Products with a weight --------------------*- tablegen -*-===//
#ifndef CRIA_LINEAR_TD
#define CRIA_LINEAR_TD
include "dialect/base/CriaBase.td"

def Cria_LinearOp : Cria_ComputeOp<"linear"> {
  let summary = "product with a weight as checkpoints store it: out × in";
  let description = [{
    out[t, n] = Σ_k x[t, k] · weight[n, k] + bias[n]

    Products are accumulated in f32; the order of the sum is not defined.

    Shapes: x [T, K], weight [N, K], bias [N], out [T, N].

    Constraints:
    - (linear_c1) dim(weight, 1) = dim(x, 1)
    - (linear_c2) dim(out, 0) = dim(x, 0) and dim(out, 1) = dim(weight, 0)
    - (linear_c3) dim(bias, 0) = dim(weight, 0)

    Example:
    ```mlir
    %q = cria.linear %x, %w into %e
       : tensor<4x128xf32>, tensor<256x128xbf16> into tensor<4x256xf32>
    %k = cria.linear %x, %w bias %b into %e
       : tensor<4x128xf32>, tensor<256x128xf32> bias tensor<256xf32> into tensor<4x256xf32>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$x, Cria_Weight2D:$weight,
                   Optional<Cria_Weight1D>:$bias, Cria_Activations2D:$out);
  let hasCanonicalizeMethod = 1;
  let assemblyFormat = [{
    $x `,` $weight (`bias` $bias^)? `into` $out attr-dict
    `:` type($x) `,` type($weight) (`bias` type($bias)^)? `into` type($out)
  }];
}

#endif // CRIA_LINEAR_TD

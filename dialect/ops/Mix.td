//===- Mix.td - Weighted sums of values ----------------------*- tablegen -*-===//
#ifndef CRIA_MIX_TD
#define CRIA_MIX_TD
include "dialect/base/CriaBase.td"

def Cria_MixOp : Cria_ComputeOp<"mix",
    [DeclareOpInterfaceMethods<Cria_PositionOpInterface>,
     DeclareOpInterfaceMethods<Cria_CausalOpInterface>], ["getBytesRead"]> {
  let summary = "weighted sum of the values that each token sees";
  let description = [{
    Head h reads value head g = h / (H/G), and token t sees rows j ≤ position + t:

        out[t, h, :] = Σ_j weights[t, h, j] · values[g, j, :]

    Weights of rows that a token does not see are not read. The last step of unfused `attend`.

    Shapes: weights [T, H, S], values [G, S, E], out [T, H, E].
    position + T ≤ S must hold when it runs.

    Constraints:
    - (mix_c1) dim(out, 0) = T, dim(out, 1) = H and dim(out, 2) = E
    - (mix_c2) H is a multiple of G.
    - (mix_c3) dim(weights, 2) = S

    Example:
    ```mlir
    %o = cria.mix %w, %v at %position into %e
       : tensor<4x8x512xf32>, tensor<2x512x64xbf16> into tensor<4x8x64xf32>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$weights, Cria_Cache:$values, Index:$position,
                   Cria_Activations3D:$out);
  let assemblyFormat = [{
    $weights `,` $values `at` $position `into` $out attr-dict
    `:` type($weights) `,` type($values) `into` type($out)
  }];
}

#endif // CRIA_MIX_TD

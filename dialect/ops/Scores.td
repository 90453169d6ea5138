//===- Scores.td - Products of queries and keys --------------*- tablegen -*-===//
#ifndef CRIA_SCORES_TD
#define CRIA_SCORES_TD
include "dialect/base/CriaBase.td"

def Cria_ScoresOp : Cria_ComputeOp<"scores",
    [DeclareOpInterfaceMethods<Cria_PositionOpInterface>,
     DeclareOpInterfaceMethods<Cria_CausalOpInterface>], ["getBytesRead", "getBytesWritten"]> {
  let summary = "scaled dot products of each query with the keys that it sees";
  let description = [{
    Query head h reads key head g = h / (H/G), and token t sees rows j ≤ position + t:

        out[t, h, j] = scale · Σ_e q[t, h, e] · keys[g, j, e]

    The first step of unfused `attend`. Elements of rows that a token does not see are
    unspecified.

    Shapes: q [T, H, E], keys [G, S, E], out [T, H, S].
    position + T ≤ S must hold when it runs.

    Constraints:
    - (scores_c1) dim(out, 0) = T, dim(out, 1) = H and dim(out, 2) = S
    - (scores_c2) H is a multiple of G.
    - (scores_c3) dim(keys, 2) = E
    - (scores_c4) scale is finite.

    Example:
    ```mlir
    %s = cria.scores %q, %k at %position into %e {scale = 0.125 : f64}
       : tensor<4x8x64xf32>, tensor<2x512x64xbf16> into tensor<4x8x512xf32>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$q, Cria_Cache:$keys, Index:$position,
                   Cria_Activations3D:$out, F64Attr:$scale);
  let assemblyFormat = [{
    $q `,` $keys `at` $position `into` $out attr-dict
    `:` type($q) `,` type($keys) `into` type($out)
  }];
}

#endif // CRIA_SCORES_TD

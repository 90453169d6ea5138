//===- Attention.td - Grouped-query attention ----------------*- tablegen -*-===//
#ifndef CRIA_ATTENTION_TD
#define CRIA_ATTENTION_TD
include "dialect/base/CriaBase.td"

def Cria_AttendOp : Cria_ComputeOp<"attend",
    [DeclareOpInterfaceMethods<Cria_PositionOpInterface>,
     DeclareOpInterfaceMethods<Cria_CausalOpInterface>], ["getBytesRead"]> {
  let summary = "causal grouped-query attention over the cache";
  let description = [{
    Query head h reads key/value head g = h / (H/G). Token t sees cache rows
    j ≤ position + t:

        score[j] = scale · Σ_e q[t, h, e] · keys[g, j, e]
        out[t, h, :] = Σ_j softmax(score)[j] · values[g, j, :]

    (Vaswani et al. 2017; Ainslie et al. 2023.) The softmax is computed online, in one
    pass over blocks of the cache (Milakov & Gimelshein 2018); statistics are f32.

    Shapes: q [T, H, E], keys and values [G, S, E], out [T, H, E].
    position + T ≤ S must hold when it runs.

    Constraints:
    - (attend_c1) out has the shape of q.
    - (attend_c2) keys and values have the same shape and element type.
    - (attend_c3) H is a multiple of G.
    - (attend_c4) dim(keys, 2) = E
    - (attend_c5) scale is finite.

    Example:
    ```mlir
    %o = cria.attend %q, %k, %v at %position into %e {scale = 0.125 : f64}
       : tensor<4x8x64xf32>, tensor<2x512x64xbf16>, tensor<2x512x64xbf16>
         into tensor<4x8x64xf32>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$q, Cria_Cache:$keys, Cria_Cache:$values,
                   Index:$position, Cria_Activations3D:$out, F64Attr:$scale);
  let assemblyFormat = [{
    $q `,` $keys `,` $values `at` $position `into` $out attr-dict
    `:` type($q) `,` type($keys) `,` type($values) `into` type($out)
  }];
}

#endif // CRIA_ATTENTION_TD

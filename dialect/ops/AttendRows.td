//===- AttendRows.td - Attention to some rows of the cache ---*- tablegen -*-===//
#ifndef CRIA_ATTENDROWS_TD
#define CRIA_ATTENDROWS_TD
include "dialect/base/CriaBase.td"

def Cria_AttendRowsOp : Cria_ComputeOp<"attend_rows", [], ["getBytesRead"]> {
  let summary = "partial, unnormalised attention over a range of cache rows";
  let description = [{
    The part of `attend` over rows begin ≤ j < end, all of which every token must see. Several
    such parts partition a long cache across cores (Dao et al., flash-decoding, 2023). Query
    head h reads key/value head g = h / (H/G):

        score[j] = scale · Σ_e q[t, h, e] · keys[g, j, e]
        stats[t, h, 0] = max_j score[j]
        stats[t, h, 1] = Σ_j exp(score[j] - stats[t, h, 0])
        mixed[t, h, :] = Σ_j exp(score[j] - stats[t, h, 0]) · values[g, j, :]

    For an empty range the maximum is -∞ and the sums are 0. `combine` merges the parts.

    Shapes: q [T, H, E], keys and values [G, S, E], mixed [T, H, E], stats [T, H, 2].
    begin ≤ end ≤ S must hold when it runs.

    Constraints:
    - (attend_rows_c1) mixed has the shape of q.
    - (attend_rows_c2) keys and values have the same shape and element type.
    - (attend_rows_c3) H is a multiple of G.
    - (attend_rows_c4) dim(keys, 2) = E
    - (attend_rows_c5) dim(stats, 0) = T, dim(stats, 1) = H and dim(stats, 2) = 2
    - (attend_rows_c6) scale is finite.

    Example:
    ```mlir
    %m, %s = cria.attend_rows %q, %k, %v from %begin to %end into %e, %f
        {scale = 0.125 : f64}
      : tensor<1x8x64xf32>, tensor<2x512x64xbf16>, tensor<2x512x64xbf16>
        into tensor<1x8x64xf32>, tensor<1x8x2xf32>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$q, Cria_Cache:$keys, Cria_Cache:$values,
                   Index:$begin, Index:$end, Cria_Activations3D:$mixed,
                   Cria_Activations3D:$stats, F64Attr:$scale);
  let assemblyFormat = [{
    $q `,` $keys `,` $values `from` $begin `to` $end `into` $mixed `,` $stats attr-dict
    `:` type($q) `,` type($keys) `,` type($values) `into` type($mixed) `,` type($stats)
  }];
  let inits = 2;
}

#endif // CRIA_ATTENDROWS_TD

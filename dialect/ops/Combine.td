//===- Combine.td - Merging partial attention ----------------*- tablegen -*-===//
#ifndef CRIA_COMBINE_TD
#define CRIA_COMBINE_TD
include "dialect/base/CriaBase.td"

def Cria_CombineOp : Cria_ComputeOp<"combine"> {
  let summary = "attention over all rows, merged from partial results";
  let description = [{
    Part p is the result of `attend_rows` for one token over some of the rows. The parts are
    rescaled to their common maximum, added and normalised (Dao et al., flash-decoding, 2023):

        top[h] = max_p stats[p, h, 0],  factor[p, h] = exp(stats[p, h, 0] - top[h])
        out[0, h, :] = Σ_p factor[p, h] · mixed[p, h, :] / Σ_p factor[p, h] · stats[p, h, 1]

    Shapes: mixed [P, H, E], stats [P, H, 2], out [1, H, E]. At least one part must cover a
    non-empty range.

    Constraints:
    - (combine_c1) dim(stats, 0) = P, dim(stats, 1) = H and dim(stats, 2) = 2
    - (combine_c2) dim(out, 0) = 1, dim(out, 1) = H and dim(out, 2) = E

    Example:
    ```mlir
    %o = cria.combine %m, %s into %e
       : tensor<4x8x64xf32>, tensor<4x8x2xf32> into tensor<1x8x64xf32>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$mixed, Cria_Activations3D:$stats,
                   Cria_Activations3D:$out);
  let assemblyFormat = [{
    $mixed `,` $stats `into` $out attr-dict `:` type($mixed) `,` type($stats) `into` type($out)
  }];
}

#endif // CRIA_COMBINE_TD

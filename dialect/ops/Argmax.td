//===- Argmax.td - The likeliest token -----------------------*- tablegen -*-===//
#ifndef CRIA_ARGMAX_TD
#define CRIA_ARGMAX_TD
include "dialect/base/CriaBase.td"

def Cria_ArgmaxOp : Cria_ComputeOp<"argmax"> {
  let summary = "the largest element of each part of a row, and where it is";
  let description = [{
    A row of N elements has P parts of n = N/P neighbours. With the lowest j < n for which
    x[t, p·n + j] is largest:

        best[t, p] = x[t, p·n + j]
        index[t, p] = j, or stride · j + indices[t, p·n + j] with `indices`

    The first form finds the best of each part of the logits, for which parts need not know where
    they are; the second finds the best of those, the n of the first being its `stride`. Of equal
    elements the first one is taken. If an element of a part is infinite or NaN, best is NaN and
    index is -1.

    Shapes: x and indices [T, N], best and index [T, P].

    Constraints:
    - (argmax_c1) indices has the shape of x.
    - (argmax_c2) index has the shape of best.
    - (argmax_c3) dim(best, 0) = dim(x, 0)
    - (argmax_c4) dim(x, 1) is a multiple of dim(best, 1).
    - (argmax_c5) `stride` is positive, and 1 without `indices`.

    Example:
    ```mlir
    %b, %i = cria.argmax %logits into %e, %f
           : tensor<1x1024xf32> into tensor<1x4xf32>, tensor<1x4xi32>
    %best, %token = cria.argmax %b at %i into %g, %h {stride = 256 : i64}
           : tensor<1x4xf32> at tensor<1x4xi32> into tensor<1x1xf32>, tensor<1x1xi32>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$x, Optional<Cria_Indices2D>:$indices,
                   Cria_Activations2D:$best, Cria_Indices2D:$index,
                   DefaultValuedAttr<I64Attr, "1">:$stride);
  let assemblyFormat = [{
    $x (`at` $indices^)? `into` $best `,` $index attr-dict
    `:` type($x) (`at` type($indices)^)? `into` type($best) `,` type($index)
  }];
  let inits = 2;
}

#endif // CRIA_ARGMAX_TD

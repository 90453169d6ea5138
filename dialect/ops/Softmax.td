//===- Softmax.td - Scores to attention weights --------------*- tablegen -*-===//
#ifndef CRIA_SOFTMAX_TD
#define CRIA_SOFTMAX_TD
include "dialect/base/CriaBase.td"

def Cria_SoftmaxOp : Cria_ComputeOp<"softmax",
    [DeclareOpInterfaceMethods<Cria_PositionOpInterface>,
     DeclareOpInterfaceMethods<Cria_CausalOpInterface>], ["getBytesRead", "getBytesWritten"]> {
  let summary = "softmax over the rows that each token sees";
  let description = [{
    Token t sees rows j ≤ position + t:

        out[t, h, j] = exp(x[t, h, j] - max_i x[t, h, i]) / Σ_i exp(x[t, h, i] - max_i x[t, h, i])

    where i runs over the rows that t sees. Elements of other rows are neither read nor
    written. The second step of unfused `attend`.

    Shapes: x [T, H, S], out [T, H, S]. position + T ≤ S must hold when it runs.

    Constraints:
    - (softmax_c1) out has the shape of x.

    Example:
    ```mlir
    %w = cria.softmax %x at %position into %e : tensor<4x8x512xf32> into tensor<4x8x512xf32>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$x, Index:$position, Cria_Activations3D:$out);
  let assemblyFormat = [{
    $x `at` $position `into` $out attr-dict `:` type($x) `into` type($out)
  }];
}

#endif // CRIA_SOFTMAX_TD

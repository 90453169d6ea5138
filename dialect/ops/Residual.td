//===- Residual.td - The residual stream ---------------------*- tablegen -*-===//
#ifndef CRIA_RESIDUAL_TD
#define CRIA_RESIDUAL_TD
include "dialect/base/CriaBase.td"

def Cria_ResidualOp : Cria_ComputeOp<"residual", [], ["getBytesRead"]> {
  let summary = "add a branch to the residual stream";
  let description = [{
        out = stream + branch

    Element by element (He et al. 2015).

    The stream is the destination and is updated in place. It is read and written through the
    same operand, so a tile never reads what another tile writes.

    Shapes: branch, stream and out [T, D].

    Constraints:
    - (residual_c1) branch and stream have the same shape.

    Example:
    ```mlir
    %y = cria.residual %branch into %x : tensor<4x128xf32> into tensor<4x128xf32>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$branch, Cria_Activations2D:$stream);
  let hasFolder = 1;
  let assemblyFormat = [{
    $branch `into` $stream attr-dict `:` type($branch) `into` type($stream)
  }];
}

#endif // CRIA_RESIDUAL_TD

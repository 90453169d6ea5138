//===- Swiglu.td - The gated activation ----------------------*- tablegen -*-===//
#ifndef CRIA_SWIGLU_TD
#define CRIA_SWIGLU_TD
include "dialect/base/CriaBase.td"

def Cria_SwigluOp : Cria_ComputeOp<"swiglu"> {
  let summary = "silu(gate) · up";
  let description = [{
    out = gate · sigmoid(gate) · up, element by element (Shazeer 2020).

    Shapes: gate, up and out [T, F].

    Constraints:
    - (swiglu_c1) gate, up and out have the same shape.

    Example:
    ```mlir
    %a = cria.swiglu %gate, %up into %e
       : tensor<4x512xf32>, tensor<4x512xf32> into tensor<4x512xf32>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$gate, Cria_Activations2D:$up, Cria_Activations2D:$out);
  let assemblyFormat = [{
    $gate `,` $up `into` $out attr-dict `:` type($gate) `,` type($up) `into` type($out)
  }];
}

#endif // CRIA_SWIGLU_TD

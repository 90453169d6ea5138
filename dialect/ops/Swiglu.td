//===- Swiglu.td - Gated activations -------------------------*- tablegen -*-===//
#ifndef CRIA_SWIGLU_TD
#define CRIA_SWIGLU_TD
include "dialect/base/CriaBase.td"

/// f(gate) · up. Ops of this class define f (`emitActivation`, `getElementFlops`).
class Cria_GatedOp<string mnemonic, string f> :
    Cria_ComputeOp<mnemonic, [DeclareOpInterfaceMethods<Cria_GatedOpInterface,
                                                        ["emitActivation", "getElementFlops"]>]> {
  let summary = f # "(gate) · up";
  let arguments = (ins Cria_Activations2D:$gate, Cria_Activations2D:$up, Cria_Activations2D:$out);
  let assemblyFormat = [{
    $gate `,` $up `into` $out attr-dict `:` type($gate) `,` type($up) `into` type($out)
  }];
}

def Cria_SwigluOp : Cria_GatedOp<"swiglu", "silu"> {
  let description = [{
        out = gate · sigmoid(gate) · up

    Element by element (Shazeer 2020).

    Shapes: gate, up and out [T, F].

    Constraints:
    - (swiglu_c1) gate, up and out have the same shape.

    Example:
    ```mlir
    %a = cria.swiglu %gate, %up into %e
       : tensor<4x512xf32>, tensor<4x512xf32> into tensor<4x512xf32>
    ```
  }];
}

def Cria_GegluOp : Cria_GatedOp<"geglu", "gelu"> {
  let description = [{
        out = gate · (1 + erf(gate / √2)) / 2 · up

    Element by element (Shazeer 2020). This is the exact gelu of Hendrycks & Gimpel 2016, not its
    tanh approximation.

    Shapes: gate, up and out [T, F].

    Constraints:
    - (geglu_c1) gate, up and out have the same shape.

    Example:
    ```mlir
    %a = cria.geglu %gate, %up into %e
       : tensor<4x512xf32>, tensor<4x512xf32> into tensor<4x512xf32>
    ```
  }];
}

def Cria_RegluOp : Cria_GatedOp<"reglu", "relu"> {
  let description = [{
        out = max(gate, 0) · up

    Element by element (Shazeer 2020).

    Shapes: gate, up and out [T, F].

    Constraints:
    - (reglu_c1) gate, up and out have the same shape.

    Example:
    ```mlir
    %a = cria.reglu %gate, %up into %e
       : tensor<4x512xf32>, tensor<4x512xf32> into tensor<4x512xf32>
    ```
  }];
}

#endif // CRIA_SWIGLU_TD

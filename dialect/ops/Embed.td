//===- Embed.td - Tokens to vectors --------------------------*- tablegen -*-===//
#ifndef CRIA_EMBED_TD
#define CRIA_EMBED_TD
include "dialect/base/CriaBase.td"

def Cria_EmbedOp : Cria_ComputeOp<"embed", [], ["getBytesRead"]> {
  let summary = "rows of the token table";
  let description = [{
        out[t, :] = table[tokens[t], :]

    Shapes: tokens [T], table [V, D], out [T, D]. A token outside 0 … V-1 is
    undefined behaviour; the runtime refuses it before it calls compiled code.

    Constraints:
    - (embed_c1) dim(out, 0) = dim(tokens, 0)
    - (embed_c2) dim(out, 1) = dim(table, 1)
    - (embed_c3) table is not packed: its rows are read one by one.

    Example:
    ```mlir
    %x = cria.embed %tokens, %table into %e
       : tensor<4xi32>, tensor<1024x128xbf16> into tensor<4x128xf32>
    ```
  }];
  let arguments = (ins Cria_Tokens:$tokens, Cria_Weight2D:$table, Cria_Activations2D:$out);
  let assemblyFormat = [{
    $tokens `,` $table `into` $out attr-dict
    `:` type($tokens) `,` type($table) `into` type($out)
  }];
}

#endif // CRIA_EMBED_TD

//===- Block.td - Weights in blocks --------------------------*- tablegen -*-===//
#ifndef CRIA_BLOCK_TD
#define CRIA_BLOCK_TD
include "dialect/base/CriaBase.td"

def Cria_WidenOp : Cria_Op<"widen", [Pure]> {
  let summary = "the value of an element of a block";
  let description = [{
    As `arith.extf` for f16 and bf16: exact, in the body of a linalg op. What makes loops of such an
    op reads blocks, many elements at a time (`passes/blocks`).

    Example:
    ```mlir
    %value = cria.widen %element : !cria.block<q8_0>
    ```
  }];
  let arguments = (ins Cria_BlockType:$element);
  let results = (outs F32:$value);
  let assemblyFormat = "$element attr-dict `:` type($element)";
}

def Cria_BytesOp : Cria_Op<"bytes", [Pure, DeclareOpInterfaceMethods<InferTypeOpInterface>]> {
  let summary = "a buffer of blocks as rows of bytes";
  let description = [{
    The same memory. It goes away when `cria-lower-blocks` turns all buffers of blocks to bytes.

    Example:
    ```mlir
    %bytes = cria.bytes %blocks : memref<256x64x!cria.block<q8_0>> // memref<256x68xi8>
    ```
  }];
  let arguments = (ins MemRefOf<[Cria_BlockType]>:$blocks);
  let results = (outs MemRefOf<[I8]>:$bytes);
  let assemblyFormat = "$blocks attr-dict `:` type($blocks)";
}

def Cria_QuantizeOp : Cria_ComputeOp<"quantize"> {
  let summary = "activations rounded to 8 bits, for products of integers or a KV cache";
  let description = [{
        d[t, g] = max_i |x[t, 32 g + i]| / 127
        out[t, 32 g + i] = d[t, g] · round(x[t, 32 g + i] / d[t, g])

    Each 32 neighbours share the scale d, so an element is off by at most d / 2; a group with a NaN
    or an infinity has no finite element. Blocks of `q8` are for products: d is f32, and
    `cria-quantize-activations` rounds x once per kernel, for all of its tiles. Blocks of `q8_0` are
    rows of a cache, and d is rounded to f16 where it is stored (`cria.kv_append`).
    `cria-expand-blocks` and `cria-thread-loops` build the code.

    Shapes: x [T, K], out [T, K].

    Constraints:
    - (quantize_c1) dim(out, 0) = dim(x, 0) and dim(out, 1) = dim(x, 1)
    - (quantize_c2) out is of `q8` or `q8_0`.
    - (quantize_c3) dim(x, 1) is a multiple of 32.

    Example:
    ```mlir
    %q = cria.quantize %x into %e : tensor<4x128xf32> into tensor<4x128x!cria.block<q8>>
    ```
  }];
  let arguments = (ins Cria_Activations2D:$x, Cria_Rounded2D:$out);
  let assemblyFormat = "$x `into` $out attr-dict `:` type($x) `into` type($out)";
}

#endif // CRIA_BLOCK_TD

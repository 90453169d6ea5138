//===- Block.td - Weights in blocks --------------------------*- tablegen -*-===//
#ifndef CRIA_BLOCK_TD
#define CRIA_BLOCK_TD
include "dialect/base/CriaBase.td"

def Cria_WidenOp : Cria_Op<"widen", [Pure]> {
  let summary = "the value of an element of a block";
  let description = [{
    As `arith.extf` for f16 and bf16: exact, in the body of a linalg op. Only
    `cria-lower-products` and `cria-lower-blocks` know how to read blocks, many elements at a time.

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

#endif // CRIA_BLOCK_TD

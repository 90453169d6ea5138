//===- Param.td - Weights by name ----------------------------*- tablegen -*-===//
#ifndef CRIA_PARAM_TD
#define CRIA_PARAM_TD
include "dialect/base/CriaBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/IR/BuiltinAttributes.td"

def Cria_WeightsType : Cria_Type<"Weights", "weights"> {
  let summary = "the weight table of a model";
  let description = [{
    One pointer per tensor, bound by name when the binary starts
    (`include/cria/runtime/abi.h`). It is the first argument of every entry point.
  }];
}

def Cria_ParamOp : Cria_Op<"param", [Symbol, HasParent<"::mlir::ModuleOp">]> {
  let summary = "a named weight of the model";
  let description = [{
    Declares a parameter: its name in the checkpoint, its type, and the number of tensors of
    that type (`count`). A parameter of a repeated block has one tensor per iteration, and
    `{}` in its name stands for the index of the iteration. Where the tensors of a name differ in
    their types, there is a parameter for each type, with the `layers` that have it. The weight
    table of the binary lists names in the order of their first declarations, at the top level of
    the module.

    Constraints:
    - (param_c1) `type` is a static tensor of rank 1 or 2 of f32, f16 or bf16, or of rank 2 of
      blocks, with whole blocks in a row, and whole groups of rows if they are packed.
    - (param_c2) `count` > 0, and 1 unless the parameter is repeated; the name contains `{}`
      if and only if the parameter is repeated.
    - (param_c3) the checkpoint names of a module's parameters are distinct, except those of
      parameters with the same `count` and shape whose `layers` are distinct.
    - (param_c4) `layers` are iterations in ascending order, of a repeated parameter.

    Example:
    ```mlir
    cria.param @q_proj "model.layers.{}.self_attn.q_proj.weight" x 16 repeated
      : tensor<2048x2048xbf16>
    cria.param @embed "model.embed_tokens.weight" : tensor<128256x2048xbf16>
    cria.param @v "model.layers.{}.self_attn.v_proj.weight" x 3 repeated layers [0, 2]
      : tensor<512x2048xf32>
    cria.param @v_2 "model.layers.{}.self_attn.v_proj.weight" x 3 repeated layers [1]
      : tensor<512x2048xbf16>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$checkpoint_name, TypeAttr:$type,
                   DefaultValuedAttr<I64Attr, "1">:$count, UnitAttr:$repeated,
                   OptionalAttr<DenseI64ArrayAttr>:$layers);
  let assemblyFormat = [{
    $sym_name $checkpoint_name (`x` $count^)? (`repeated` $repeated^)?
    (`layers` $layers^)? attr-dict `:` $type
  }];
  let extraClassDeclaration = [{
    ::mlir::RankedTensorType getTensorType() {
      return ::llvm::cast<::mlir::RankedTensorType>(getType());
    }
    /// Whether there is a tensor of this parameter for iteration `layer`.
    bool hasLayer(int64_t layer) {
      return layer >= 0 && layer < int64_t(getCount()) &&
             (!getLayers() || ::llvm::is_contained(*getLayers(), layer));
    }
  }];
  let hasVerifier = 1;
}

def Cria_WeightOp : Cria_Op<"weight", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<BufferizableOpInterface,
      ["bufferizesToAllocation", "bufferize", "isWritable"]>]> {
  let summary = "the value of a parameter";
  let description = [{
    Tensor `layer` of a repeated parameter, or the only tensor of another one. It is never
    copied: its buffer is the mapped file.

    Constraints:
    - (weight_c1) `param` names a `cria.param` of the result's shape and element type; a buffer may be
      the bytes of blocks.
    - (weight_c2) `layer` is given if and only if the parameter is repeated.

    Example:
    ```mlir
    %w = cria.weight %weights, @q_proj[%layer] : tensor<2048x2048xbf16>
    ```
  }];
  let arguments = (ins Cria_WeightsType:$weights, FlatSymbolRefAttr:$param,
                   Optional<Index>:$layer);
  let results = (outs AnyTypeOf<[AnyStaticShapeTensor, AnyStaticShapeMemRef]>:$result);
  let assemblyFormat = [{
    $weights `,` $param (`[` $layer^ `]`)? attr-dict `:` type($result)
  }];
}

#endif // CRIA_PARAM_TD

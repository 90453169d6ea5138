//===- CriaBase.td - Dialect, types and the class of ops ----*- tablegen -*-===//
#ifndef CRIA_BASE_TD
#define CRIA_BASE_TD
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/BuiltinTypeInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"
include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.td"
include "mlir/Dialect/Linalg/IR/LinalgInterfaces.td"
include "dialect/base/CriaInterfaces.td"

def Cria_Dialect : Dialect {
  let name = "cria";
  let cppNamespace = "::cria";
  let summary = "Llama-3-architecture models, one op per concept";
  let description = [{
    Describes a model as computation on tensors. Each op is one block of the usual
    architecture diagram: `embed`, `rms_norm`, `linear`, `rope`, `kv_append`, `attend`,
    `swiglu`, `residual`. `scores`, `softmax` and `mix` are the steps of `attend`;
    `attend_rows` and `combine` partition `attend` over a long cache across cores. `argmax` finds the
    likeliest token.
    `layer_norm`, `geglu` and `reglu` are alternatives for comparison.

    Two values are dynamic: the position, an `index`, which is the number of tokens already
    in the cache, and T. A dynamic dimension of an op is always T; all others are static. In a
    tile of an `scf.forall` any dimension that the tiles split may be dynamic, since the last
    tile may be partial. Shapes use these letters:

    | letter | meaning |
    |---|---|
    | T | tokens of this step (1 in decode, any number up to the chunk in prefill) |
    | D | hidden size: width of the residual stream |
    | H, G | query heads, key/value heads; H is a multiple of G |
    | E | head dim |
    | S | rows of the cache |
    | V | vocabulary |

    Arithmetic is f32. Weights and caches may be stored as f16 or bf16, and matrices of weights in
    blocks of a few bits (`!cria.block`); they are widened exactly when read. Every computing op is in destination-passing style: its last
    operands, after `into`, are the destinations that the results are written to.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"
  ];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
}

class Cria_Op<string mnemonic, list<Trait> traits = []> : Op<Cria_Dialect, mnemonic, traits>;
class Cria_Type<string name, string typeMnemonic, list<Trait> traits = []> :
    TypeDef<Cria_Dialect, name, traits> {
  let mnemonic = typeMnemonic;
}
class Cria_Attr<string name, string attrMnemonic> : AttrDef<Cria_Dialect, name> {
  let mnemonic = attrMnemonic;
}

def Cria_BlockType : Cria_Type<"Block", "block", [MemRefElementTypeInterface]> {
  let summary = "an element of a block whose elements share scales";
  let description = [{
    The element type of a matrix, or of a KV cache, that is stored in blocks: neighbours in a row, as
    many as the storage says (`include/cria/storages.h`), are a few bits each and share scales.
    Shapes count elements. Slices consist of whole rows, so that a buffer is bytes after
    `cria-lower-blocks`. `q8` is that of rounded activations (`cria.quantize`), which is in no file.

    Blocks of a weight can be packed, as in `!cria.block<q4_0, packed>`: those of eight rows are
    stored together (`lib/storage/Packed.h`), for products of integers. Slices then consist of eight
    rows or a multiple.

    Example:
    ```mlir
    tensor<2048x2048x!cria.block<q8_0>>
    ```
  }];
  let parameters = (ins "int64_t":$storage, "bool":$packed);
  let builders = [TypeBuilder<(ins "int64_t":$storage), [{
    return $_get($_ctxt, storage, /*packed=*/false);
  }]>];
  let hasCustomAssemblyFormat = 1;
}

//===----------------------------------------------------------------------===//
// Operand types: a tensor, or after bufferization the buffer that holds it.
//===----------------------------------------------------------------------===//


class Cria_Shaped<list<Type> elements, list<int> ranks, string what> :
    AnyTypeOf<[TensorRankOf<elements, ranks>, MemRefRankOf<elements, ranks>], what>;

def Cria_Activations1D : Cria_Shaped<[F32], [1], "1-D f32 activations">;
def Cria_Activations2D : Cria_Shaped<[F32], [2], "2-D f32 activations">;
def Cria_Factors2D : Cria_Shaped<[F32, Cria_BlockType], [2], "2-D activations of f32 or blocks">;
def Cria_Rounded2D : Cria_Shaped<[Cria_BlockType], [2], "2-D activations of blocks">;
def Cria_Activations3D : Cria_Shaped<[F32], [3], "3-D f32 activations">;
def Cria_Weight1D : Cria_Shaped<[F32, F16, BF16], [1], "1-D f32, f16 or bf16 weight">;
def Cria_Weight2D : Cria_Shaped<[F32, F16, BF16, Cria_BlockType], [2],
                                "2-D weight of f32, f16, bf16 or blocks">;
def Cria_QuantizedCache : Type<CPred<"::cria::isQuantizedCache($_self)">, "quantized cache">;
def Cria_Cache : AnyTypeOf<[TensorRankOf<[F32, F16, BF16], [3]>, MemRefRankOf<[F32, F16, BF16], [3]>,
                            Cria_QuantizedCache],
                           "3-D f32, f16 or bf16 cache, or one of q8_0 in whole blocks">;
def Cria_Tokens : Cria_Shaped<[I32], [1], "1-D i32 token ids">;
def Cria_Indices2D : Cria_Shaped<[I32], [2], "2-D i32 indices">;

//===----------------------------------------------------------------------===//
// Computing ops
//===----------------------------------------------------------------------===//

/// Base class of all ops that compute. Besides ODS, an op defines only `getTileMap` (which part
/// of each operand a tile needs), `getCost`, `decomposeOperation` and `verify`. All other
/// interface methods are implemented once for all ops, in dialect/interfaces. `costMethods` lists
/// the methods of the cost interface, besides `getCost`, that the op overrides.
class Cria_ComputeOp<string mnemonic, list<Trait> traits = [], list<string> costMethods = []> :
    Cria_Op<mnemonic, traits # [
      DestinationStyleOpInterface,
      DeclareOpInterfaceMethods<InferTypeOpInterface>,
      DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
      DeclareOpInterfaceMethods<ConditionallySpeculatable>,
      DeclareOpInterfaceMethods<TilingInterface,
        ["getIterationDomain", "getLoopIteratorTypes", "getTiledImplementation",
         "getResultTilePosition", "generateResultTileValue"]>,
      DeclareOpInterfaceMethods<BufferizableOpInterface,
        ["bufferizesToMemoryRead", "bufferizesToMemoryWrite", "getAliasingValues", "bufferize"]>,
      DeclareOpInterfaceMethods<AggregatedOpInterface, ["decomposeOperation"]>,
      DeclareOpInterfaceMethods<Cria_TileMapOpInterface>,
      DeclareOpInterfaceMethods<Cria_CostOpInterface, costMethods>]> {
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let hasVerifier = 1;

  /// Number of destinations, which are the last operands.
  int inits = 1;

  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return ::cria::detail::getInits(*this, }] # inits # [{);
    }
  }];

  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *, ::std::optional<::mlir::Location>, ::mlir::ValueRange operands,
        ::mlir::DictionaryAttr, ::mlir::OpaqueProperties, ::mlir::RegionRange,
        ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      return ::cria::detail::inferFromInits(operands.take_back(}] # inits # [{), types);
    }
    void $cppClass::getEffects(
        ::llvm::SmallVectorImpl<::mlir::SideEffects::EffectInstance<::mlir::MemoryEffects::Effect>>
            &effects) {
      ::cria::detail::getEffects(*this, effects);
    }
    ::mlir::Speculation::Speculatability $cppClass::getSpeculatability() {
      return ::cria::detail::getSpeculatability(*this);
    }
    ::llvm::SmallVector<::mlir::utils::IteratorType> $cppClass::getLoopIteratorTypes() {
      return ::cria::detail::getLoopIteratorTypes(*this);
    }
    ::llvm::SmallVector<::mlir::Range> $cppClass::getIterationDomain(::mlir::OpBuilder &b) {
      return ::cria::detail::getIterationDomain(*this, b);
    }
    ::mlir::FailureOr<::mlir::TilingResult> $cppClass::getTiledImplementation(
        ::mlir::OpBuilder &b, ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
        ::llvm::ArrayRef<::mlir::OpFoldResult> sizes) {
      return ::cria::detail::getTiledImplementation(*this, b, offsets, sizes);
    }
    ::llvm::LogicalResult $cppClass::getResultTilePosition(
        ::mlir::OpBuilder &b, unsigned result, ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
        ::llvm::ArrayRef<::mlir::OpFoldResult> sizes,
        ::llvm::SmallVector<::mlir::OpFoldResult> &resultOffsets,
        ::llvm::SmallVector<::mlir::OpFoldResult> &resultSizes) {
      return ::cria::detail::getResultTilePosition(*this, b, result, offsets, sizes, resultOffsets,
                                                   resultSizes);
    }
    ::mlir::FailureOr<::mlir::TilingResult> $cppClass::generateResultTileValue(
        ::mlir::OpBuilder &b, unsigned result, ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
        ::llvm::ArrayRef<::mlir::OpFoldResult> sizes) {
      return ::cria::detail::generateResultTileValue(*this, b, result, offsets, sizes);
    }
    bool $cppClass::bufferizesToMemoryRead(::mlir::OpOperand &operand,
                                           const ::mlir::bufferization::AnalysisState &) {
      return ::cria::detail::readsBuffer(*this, operand);
    }
    bool $cppClass::bufferizesToMemoryWrite(::mlir::OpOperand &operand,
                                            const ::mlir::bufferization::AnalysisState &) {
      return isDpsInit(&operand);
    }
    ::mlir::bufferization::AliasingValueList $cppClass::getAliasingValues(
        ::mlir::OpOperand &operand, const ::mlir::bufferization::AnalysisState &) {
      return ::cria::detail::getAliasingValues(*this, operand);
    }
    ::llvm::LogicalResult $cppClass::bufferize(
        ::mlir::RewriterBase &rewriter,
        const ::mlir::bufferization::BufferizationOptions &options,
        ::mlir::bufferization::BufferizationState &state) {
      return ::cria::detail::bufferize(*this, rewriter, options, state);
    }
  }];
}

#endif // CRIA_BASE_TD

//===- CriaInterfaces.td - Interfaces of the dialect ---------*- tablegen -*-===//
#ifndef CRIA_INTERFACES_TD
#define CRIA_INTERFACES_TD
include "mlir/IR/OpBase.td"

def Cria_CostOpInterface : OpInterface<"CostOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    The cost of an op at its shapes. Source of the bytes and operations in fusion remarks, in
    `cria-study` and in `cria-bench`. The figures of a spec (include/cria/spec/figures.hpp) are
    computed independently at compile time; a test compares the two.
  }];
  let methods = [
    InterfaceMethod<[{
        Bytes read and written if every operand comes from memory and every result goes to
        memory, and floating-point operations (a multiply-add is two), in a `step`. Its number of
        tokens is that of every dynamic dimension.
      }],
      "::cria::Cost", "getCost", (ins "::cria::Step":$step)>,
    InterfaceMethod<[{
        Bytes of one operand that `getCost` counts as read. By default all of an input and
        none of a destination.
      }],
      "int64_t", "getBytesRead", (ins "::mlir::OpOperand &":$operand, "::cria::Step":$step), "",
      "return ::cria::detail::bytesReadWhole($_op, operand, step);">,
    InterfaceMethod<"Bytes of one destination that `getCost` counts as written. By default all.",
      "int64_t", "getBytesWritten", (ins "::mlir::OpOperand &":$init, "::cria::Step":$step), "",
      "return ::cria::detail::bytesOf(init.get(), step);">];
}

def Cria_TileMapOpInterface : OpInterface<"TileMapOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    Maps a tile of the op to slices of its operands. `TilingInterface` is implemented once
    for all ops from this table (dialect/interfaces/Tiling.cpp).
  }];
  let methods = [InterfaceMethod<
    "The op's parallel loops and, per dimension of each operand, the loop that it follows.",
    "::cria::TileMap", "getTileMap", (ins)>];
  let verify = "return ::cria::detail::verifySizes($_op);";
}

def Cria_PositionOpInterface : OpInterface<"PositionOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    An op whose result depends on the position of its first token in the sequence.
  }];
  let methods = [
    InterfaceMethod<"Tokens already in the cache: an `index`.", "::mlir::Value", "getPosition",
                    (ins), "", "return $_op.getPosition();">,
    InterfaceMethod<"Replaces the position.", "void", "setPosition",
                    (ins "::mlir::Value":$position), "",
                    "$_op.getPositionMutable().assign(position);">];
}

def Cria_GatedOpInterface : OpInterface<"GatedOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    The gated activations f(gate) · up, so that passes can treat all f alike.
  }];
  let methods = [
    InterfaceMethod<"The operand of f.", "::mlir::Value", "getGate", (ins), "",
                    "return $_op.getGate();">,
    InterfaceMethod<"The factor of f(gate).", "::mlir::Value", "getUp", (ins), "",
                    "return $_op.getUp();">,
    InterfaceMethod<"Emits f for one f32 element.", "::mlir::Value", "emitActivation",
                    (ins "::mlir::OpBuilder &":$b, "::mlir::Location":$loc, "::mlir::Value":$element)>,
    InterfaceMethod<"Operations per element, including the product with `up`.", "int64_t",
                    "getElementFlops", (ins)>];
}

def Cria_CausalOpInterface : OpInterface<"CausalOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    An op over the rows of a cache, of which token t sees rows 0 … position + t.
  }];
  let methods = [
    InterfaceMethod<"Tokens of this step; may be dynamic.", "int64_t", "getTokens">,
    InterfaceMethod<"Rows of the cache.", "int64_t", "getCapacity">];
  let extraSharedClassDeclaration = [{
    /// Rows visible to the last token of `step`.
    int64_t getVisibleRows(::cria::Step step) {
      return step.context + ::cria::detail::sizeOf($_op.getTokens(), step);
    }
    /// Number of pairs of a token and a row that it sees: token t sees context + t + 1 rows.
    int64_t getVisiblePairs(::cria::Step step) {
      int64_t tokens = ::cria::detail::sizeOf($_op.getTokens(), step);
      return tokens * step.context + tokens * (tokens + 1) / 2;
    }
  }];
}

#endif // CRIA_INTERFACES_TD

//===- CriaInterfaces.td - Interfaces of our own -------------*- tablegen -*-===//
#ifndef CRIA_INTERFACES_TD
#define CRIA_INTERFACES_TD
include "mlir/IR/OpBase.td"

def Cria_CostOpInterface : OpInterface<"CostOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    What an op costs at its shapes: the one source of bytes and operations for
    reports, for the fusion study and for the figures of a spec.
  }];
  let methods = [
    InterfaceMethod<[{
        Bytes that must be read and written if every operand comes from memory and
        every result goes there, and floating-point operations (a multiply and an add
        are two). `context` is the number of tokens already in the cache.
      }],
      "::cria::Cost", "getCost", (ins "int64_t":$context)>,
    InterfaceMethod<[{
        What `getCost` counts as read of one operand: an input whole and nothing of a
        destination, unless the op says otherwise.
      }],
      "int64_t", "getBytesRead", (ins "::mlir::OpOperand &":$operand, "int64_t":$context), "",
      "return ::cria::detail::bytesReadWhole($_op, operand);">,
    InterfaceMethod<"What `getCost` counts as written of one destination: all, by default.",
      "int64_t", "getBytesWritten", (ins "::mlir::OpOperand &":$init, "int64_t":$context), "",
      "return ::cria::detail::bytesOf(init.get());">];
}

def Cria_TileMapOpInterface : OpInterface<"TileMapOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    Where the operands of a tile lie. From this one table `TilingInterface` is
    implemented once for all ops (dialect/interfaces/Tiling.cpp).
  }];
  let methods = [InterfaceMethod<
    "The op's parallel loops and, for each operand, what each of its dimensions follows.",
    "::cria::TileMap", "getTileMap", (ins)>];
}

def Cria_PositionOpInterface : OpInterface<"PositionOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    An op whose meaning depends on where in the sequence its first token is.
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
    What the gated activations f(gate) · up have in common, whatever f is: passes treat
    them alike.
  }];
  let methods = [
    InterfaceMethod<"What f is applied to.", "::mlir::Value", "getGate", (ins), "",
                    "return $_op.getGate();">,
    InterfaceMethod<"What f(gate) is multiplied by.", "::mlir::Value", "getUp", (ins), "",
                    "return $_op.getUp();">,
    InterfaceMethod<"Emits f of one f32 element.", "::mlir::Value", "emitActivation",
                    (ins "::mlir::OpBuilder &":$b, "::mlir::Location":$loc, "::mlir::Value":$element)>,
    InterfaceMethod<"Operations for an element, the product with `up` among them.", "int64_t",
                    "getElementFlops", (ins)>];
}

def Cria_CausalOpInterface : OpInterface<"CausalOpInterface"> {
  let cppNamespace = "::cria";
  let description = [{
    An op along the rows of a cache, of which token t sees 0 … position + t.
  }];
  let methods = [
    InterfaceMethod<"Tokens of this step.", "int64_t", "getTokens">,
    InterfaceMethod<"Rows that a full cache has.", "int64_t", "getCapacity">];
  let extraSharedClassDeclaration = [{
    /// Rows that the last token sees, with `context` tokens in the cache before this step.
    int64_t getVisibleRows(int64_t context) { return context + $_op.getTokens(); }
    /// Pairs of a token and a row that it sees: token t sees context + t + 1.
    int64_t getVisiblePairs(int64_t context) {
      int64_t tokens = $_op.getTokens();
      return tokens * context + tokens * (tokens + 1) / 2;
    }
  }];
}

#endif // CRIA_INTERFACES_TD

//===- Kernel.td - Regions whose boundary is memory ----------*- tablegen -*-===//
#ifndef CRIA_KERNEL_TD
#define CRIA_KERNEL_TD
include "dialect/base/Schedule.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/ValueBoundsOpInterface.td"

def Cria_KernelOp : Cria_Op<"kernel", [
    SingleBlockImplicitTerminator<"YieldOp">, NoRegionArguments, RecursiveMemoryEffects,
    RecursivelySpeculatable,
    DeclareOpInterfaceMethods<BufferizableOpInterface, ["getAliasingOpOperands", "bufferize"]>,
    DeclareOpInterfaceMethods<ValueBoundsOpInterface, ["populateBoundsForShapedValueDim"]>,
    DeclareOpInterfaceMethods<Cria_CostOpInterface>]> {
  let summary = "a region of fused ops whose boundary is memory";
  let description = [{
    Values that the region uses from outside are read from memory, values that it yields are
    written to memory, and values inside are not in memory. Fusing two kernels moves their ops
    into one region. The bytes saved are those that no longer cross a boundary, which is what
    `getCost` counts: a value from outside is read once, and a value computed inside is
    written only if it is yielded.

    A kernel is what is fused and what is launched: it becomes one grid of tiles
    (`cria-tile-kernels`), and after bufferization one function (`cria-outline-kernels`), which
    all threads run and wait for. Its results are then buffers that are made outside of it.

    Constraints:
    - (kernel_c1) the types yielded are the types of the results.
    - (kernel_c2) kernels are not nested.

    `schedule` says how the kernel is computed; without one, all its fields are at their
    defaults.

    Example:
    ```mlir
    %n = cria.kernel "rms_norm" -> tensor<4x128xf32> {
      %0 = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
         : tensor<4x128xf32>, tensor<128xbf16> into tensor<4x128xf32>
      cria.yield %0 : tensor<4x128xf32>
    }
    ```
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<Cria_ScheduleAttr>:$schedule);
  let results = (outs Variadic<AnyTypeOf<[AnyRankedTensor, AnyMemRef]>>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $name (`schedule` `` $schedule^)? (`->` type($results)^)? attr-dict-with-keyword $body
  }];
  let extraClassDeclaration = [{
    /// The terminator of the region.
    YieldOp getYield();

    /// A value from outside that is read, or one computed inside that is yielded.
    struct Crossing {
      ::mlir::Value value;
      int64_t bytesRead = 0, bytesWritten = 0;
    };
    /// All values that cross the boundary. `getCost`, with the same `step`, is their sum.
    ::llvm::SmallVector<Crossing> getCrossings(::cria::Step step);
  }];
  let hasRegionVerifier = 1;
  let hasCanonicalizer = 1;
}

def Cria_YieldOp : Cria_Op<"yield", [
    Pure, Terminator, ReturnLike, HasParent<"KernelOp">,
    DeclareOpInterfaceMethods<BufferizableOpInterface,
      ["bufferizesToMemoryRead", "bufferizesToMemoryWrite", "getAliasingValues",
       "mustBufferizeInPlace", "bufferize"]>]> {
  let summary = "ends a kernel and names its results";
  let arguments = (ins Variadic<AnyTypeOf<[AnyRankedTensor, AnyMemRef]>>:$values);
  let builders = [OpBuilder<(ins), "build($_builder, $_state, ::mlir::ValueRange());">];
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

#endif // CRIA_KERNEL_TD

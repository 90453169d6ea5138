//===- TileKernels.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_TILEKERNELS_TD
#define CRIA_TILEKERNELS_TD
include "mlir/Pass/PassBase.td"

def TileKernelsPass : Pass<"cria-tile-kernels"> {
  let summary = "split each kernel into tiles that run in parallel, and fuse its ops tile by tile";
  let description = [{
    The last op of a kernel is tiled with `scf.forall`; the ops before it are computed
    for each tile, where it is needed. Extents of tiles come from the target
    description (`dlti`): a tile's data fits half of the second-level cache. A kernel
    whose data fits the first-level cache stays one tile, as starting threads
    would take longer than its work.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::affine::AffineDialect",
                           "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_TILEKERNELS_TD

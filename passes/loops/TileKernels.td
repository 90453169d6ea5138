//===- TileKernels.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_TILEKERNELS_TD
#define CRIA_TILEKERNELS_TD
include "mlir/Pass/PassBase.td"

def TileKernelsPass : Pass<"cria-tile-kernels"> {
  let summary = "split each kernel into tiles that run in parallel, and fuse its ops tile by tile";
  let description = [{
    From last to first, each op of a kernel that no later op has taken into its tiles is a
    root: it is tiled with `scf.forall`, and the ops before it that only it needs are computed
    tile by tile. A kernel can therefore become several parallel loops. Tile sizes come from
    the target description (`dlti`): the data of a tile fits half of the second-level cache.
    A root whose data fits the first-level cache stays one tile, since starting threads would
    take longer than its work.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::affine::AffineDialect",
                           "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_TILEKERNELS_TD

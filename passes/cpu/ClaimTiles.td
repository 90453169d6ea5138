//===- ClaimTiles.td -----------------------------------------*- tablegen -*-===//
#ifndef CRIA_CLAIMTILES_TD
#define CRIA_CLAIMTILES_TD
include "mlir/Pass/PassBase.td"

def ClaimTilesPass : Pass<"cria-claim-tiles", "::mlir::ModuleOp"> {
  let summary = "make the grid of each kernel a loop in which a thread claims tile after tile";
  let description = [{
    A thread that calls a kernel takes the next tile that no other has (`cria_team_next`), until
    none is left, so a thread that is slowed down takes fewer. A grid of several dimensions is
    counted in row-major order. A kernel without a grid is one tile: the thread that comes first
    computes it.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect",
                           "::mlir::affine::AffineDialect", "::mlir::func::FuncDialect"];
}
#endif // CRIA_CLAIMTILES_TD

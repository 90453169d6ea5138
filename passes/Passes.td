//===- Passes.td - All passes of Cria ------------------------*- tablegen -*-===//
#ifndef CRIA_PASSES_TD
#define CRIA_PASSES_TD
include "passes/fuse/SplitAttention.td"
include "passes/fuse/GroupKernels.td"
include "passes/fuse/Fusions.td"
include "passes/schedule/SplitRows.td"
include "passes/schedule/NameKernels.td"
include "passes/schedule/ChooseSchedule.td"
include "passes/loops/RecordCosts.td"
include "passes/loops/ApplyGains.td"
include "passes/loops/TileKernels.td"
include "passes/loops/DecomposeOps.td"
include "passes/buffers/PlanWorkspace.td"
include "passes/buffers/RepeatFills.td"
include "passes/buffers/OutlineKernels.td"
include "passes/cpu/ApproximateMath.td"
include "passes/cpu/BindWeights.td"
include "passes/cpu/ClaimTiles.td"
include "passes/cpu/ExpandCopies.td"
include "passes/cpu/LowerProducts.td"
include "passes/cpu/PlanScratch.td"
include "passes/cpu/VectorizeRows.td"
#endif // CRIA_PASSES_TD

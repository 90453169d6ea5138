//===- ChooseSchedule.td -------------------------------------*- tablegen -*-===//
#ifndef CRIA_CHOOSESCHEDULE_TD
#define CRIA_CHOOSESCHEDULE_TD
include "mlir/Pass/PassBase.td"

def ChooseSchedulePass : Pass<"cria-choose-schedule"> {
  let summary = "choose for each kernel how it is computed";
  let description = [{
    Puts a `#cria.schedule` on each kernel that has none, from the description of the target
    (`dlti`) and the shapes of the kernel:

    - `tiles`: the data of a tile fits half of the second-level cache, and there are several
      tiles per core. A kernel whose data fits the first-level cache stays one tile, since
      waking other threads would take longer than its work. On a GPU a tile has a row of each
      weight for every warp of a block, or fewer if multiprocessors would be without a tile, and
      an op that is alone in its kernel, as attention of a prompt, is split along tokens too.
    - `unit`: the fastest that multiplies with the kernel's weights.
    - `block`, `depth`: as many sums as there are registers for, and the part of the reduction
      with which their rows stay in the first-level cache.
    - `keys`: as many rows of the KV cache as stay in the first-level cache.
    - `streams`, `prefetch`: as the target reads memory fastest. Packed rows count one by one:
      one place is eight of them. Attention in decode asks for one block of `keys` ahead.
  }];
  let dependentDialects = ["::cria::CriaDialect"];
}
#endif // CRIA_CHOOSESCHEDULE_TD

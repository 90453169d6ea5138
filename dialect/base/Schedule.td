//===- Schedule.td - How a kernel is computed ----------------*- tablegen -*-===//
#ifndef CRIA_SCHEDULE_TD
#define CRIA_SCHEDULE_TD
include "dialect/base/CriaBase.td"

/// All names of units. A unit is what multiplies: passes/cpu/units and passes/gpu/units have a file
/// for each.
def Cria_UnitKind : I32EnumAttr<"UnitKind", "what multiplies the products of a kernel", [
    I32EnumAttrCase<"fma", 0>, I32EnumAttrCase<"dot_bf16", 1>,
    I32EnumAttrCase<"dot_int8", 2>, I32EnumAttrCase<"mma_bf16", 3>,
    I32EnumAttrCase<"mma_bf16x3", 4>, I32EnumAttrCase<"amx_bf16", 5>]> {
  let cppNamespace = "::cria";
  let genSpecializedAttr = 0;
}

/// A list of sizes, printed in brackets and left out if empty.
class Cria_Sizes<string desc> : OptionalArrayRefParameter<"int64_t", desc> {
  let parser = "::cria::detail::parseSizes($_parser)";
  let printer = "::cria::detail::printSizes($_printer, $_self)";
}

/// One of them, which may be quoted.
class Cria_UnitName<string desc> :
    DefaultValuedParameter<"::cria::UnitKind", "::cria::UnitKind::fma", desc> {
  let parser = "parseUnit($_parser)";
}

def Cria_ScheduleAttr : Cria_Attr<"Schedule", "schedule"> {
  let summary = "how a kernel is computed: tiles, unit, blocks, cuts, streams, prefetch";
  let description = [{
    A kernel says what is computed, and its schedule in which pieces and with which
    instructions. No schedule changes what is computed, except for the order of sums.
    `cria-choose-schedule` chooses one per kernel from the description of the target;
    `criac --schedule=FILE` overrides it. A field at its default is not printed.

    | field | meaning | unit | default |
    |---|---|---|---|
    | `tiles` | tile size per loop of the root op; 0 is a loop that is not split. Ops of other shapes that are tiled with the root are cut into the same number of tiles | iterations | none: one tile |
    | `unit` | what multiplies products: `fma` (f32 multiply-add), `dot_bf16` (products of two bf16 summed in f32), `dot_int8` (products of four int8 summed in i32), `amx_bf16` (tiles of bf16 summed in f32; few rows by `dot_bf16`); on GPUs also the tensor cores: `mma_bf16` (activations rounded to bf16), `mma_bf16x3` (activations, and weights of more bits than bf16, as sums of three numbers of bf16) | | `fma` |
    | `block` | sums of a product that stay in registers: rows x outputs | elements | none: as the unit does it |
    | `depth` | part of a reduction that is computed for all blocks before the next | elements | 0: as the unit does it |
    | `keys` | rows of the cache that attention handles at a time | rows | 0: 64 |
    | `streams` | rows of a weight that are read at the same time for a few tokens, each from a part of its own; of packed rows, each eight | rows | 1 |
    | `prefetch` | distance ahead of reads of each such part of a weight, and of the cache in decode | bytes | 0: none |

    After `cria-outline-kernels` the schedule of a kernel is the attribute `cria.schedule` of
    its function.

    Constraints:
    - (schedule_c1) sizes in `tiles` are at least 0, and one is positive.
    - (schedule_c2) `block` has two positive sizes.
    - (schedule_c3) `depth`, `keys` and `prefetch` are at least 0.
    - (schedule_c4) `streams` is 1 to 64.

    Example:
    ```mlir
    #cria.schedule<tiles = [0, 256], unit = dot_bf16, block = [6, 16], depth = 512>
    ```
  }];
  let parameters = (ins
    Cria_Sizes<"tile size per loop of the root op">:$tiles,
    Cria_UnitName<"what multiplies products">:$unit,
    Cria_Sizes<"rows x outputs">:$block,
    DefaultValuedParameter<"int64_t", "0">:$depth,
    DefaultValuedParameter<"int64_t", "0">:$keys,
    DefaultValuedParameter<"int64_t", "1">:$streams,
    DefaultValuedParameter<"int64_t", "0">:$prefetch);
  let assemblyFormat = "(`<` struct(params)^ `>`)?";
  let builders = [AttrBuilder<(ins), "return $_get($_ctxt, ::llvm::ArrayRef<int64_t>(), "
      "::cria::UnitKind::fma, ::llvm::ArrayRef<int64_t>(), 0, 0, 1, 0);">];
  let genVerifyDecl = 1;
}

#endif // CRIA_SCHEDULE_TD

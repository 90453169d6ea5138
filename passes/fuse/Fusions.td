//===- Fusions.td - One pass for each fusion -----------------*- tablegen -*-===//
#ifndef CRIA_FUSIONS_TD
#define CRIA_FUSIONS_TD
include "mlir/Pass/PassBase.td"
include "llvm/TableGen/SearchableTable.td"

/// A fusion: a switch of criac (`--fuse`, `--no-fuse`) and a pass of that name. Passes run in
/// the order of their names, on kernels of one op each; none of them needs another one.
class Fusion<string switch, string whatItDoes> : Pass<"cria-fuse-" # switch> {
  let summary = whatItDoes;
  let dependentDialects = ["::cria::CriaDialect"];
  string name = switch;
}

/// From this table come `--list-fusions`, the phase `fuse` and the study (Fusions.cpp).
def FusionTable : GenericTable {
  let FilterClass = "Fusion";
  let CppTypeName = "Fusion";
  let Fields = ["name", "summary"];
}

def NormIntoLinearPass : Fusion<"norm-into-linear",
    "RMSNorm's gain applied to the input of a linear as it is read, its scale to the sum"> {
  let description = [{
    `linear(rms_norm(x, g), W)` becomes `linear(x gain g, W) scale r` with `r = rms_scale(x)`:
    a norm is a diagonal factor on either side of the product, and the left one, one number
    for a token, commutes with it. No normalised activations exist any more. The linear keeps
    its bias, which is added after the scale.
  }];
}

def ScaleIntoQueryPass : Fusion<"scale-into-query",
    "the softmax scale applied to the query as it leaves its linear"> {
  let description = [{
    Scores are linear in the query, and so is the rotation before them: the factor moves into
    `alpha` of the query's linear, whether they are a step of `attend` or `scores`.
  }];
}

def RopeIntoAttentionPass : Fusion<"rope-into-attention",
    "queries and keys rotated in the kernel that makes them"> {
  let description = [{
    The rotation becomes the epilogue of the linear: a tile is some whole heads.
  }];
}

def AppendIntoAttentionPass : Fusion<"append-into-attention",
    "keys and values written to the cache by the kernel that makes them"> {
  let description = [{
    A new row goes from registers to its place in the cache, and nowhere else.
  }];
}

def OnlineSoftmaxPass : Fusion<"online-softmax",
    "scores, softmax and the mix of values in one pass over the cache"> {
  let description = [{
    `scores`, `softmax` and `mix` become one `attend`, which keeps for each head the greatest
    score so far, and rescales what it has summed when a greater one comes (Milakov &
    Gimelshein 2018). Neither scores nor weights are in memory.
  }];
}

def SwigluIntoLinearPass : Fusion<"swiglu-into-linear",
    "gate and up projected and multiplied in one kernel"> {
  let description = [{
    Tiles of gate and up with the same columns are computed together; only their product is
    written. What the gate is (`swiglu`, `geglu`, `reglu`) does not matter.
  }];
}

def ResidualIntoLinearPass : Fusion<"residual-into-linear",
    "a projection added to the residual stream by the kernel that makes it"> {
  let description = [{
    The sum is the epilogue of the linear, on the tile of the stream that it belongs to.
  }];
}

def MergeProjectionsPass : Fusion<"merge-projections",
    "linears of one input in one kernel: Q, K and V; gate and up"> {
  let description = [{
    The input is read once for all of them. Their weights stay apart, as checkpoints hold them.
  }];
}

#endif // CRIA_FUSIONS_TD

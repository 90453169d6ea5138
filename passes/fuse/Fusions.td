//===- Fusions.td - One pass per fusion ----------------------*- tablegen -*-===//
#ifndef CRIA_FUSIONS_TD
#define CRIA_FUSIONS_TD
include "mlir/Pass/PassBase.td"
include "llvm/TableGen/SearchableTable.td"

/// A fusion: a switch of criac (`--fuse`, `--no-fuse`) and a pass of the same name. Fusion passes
/// run in alphabetical order, starting from kernels of one op each. None depends on another.
class Fusion<string switch, string whatItDoes> : Pass<"cria-fuse-" # switch> {
  let summary = whatItDoes;
  let dependentDialects = ["::cria::CriaDialect"];
  string name = switch;
}

/// Source of `--list-fusions`, of the phase `fuse` and of the study (Fusions.cpp).
def FusionTable : GenericTable {
  let FilterClass = "Fusion";
  let CppTypeName = "Fusion";
  let Fields = ["name", "summary"];
}

def NormIntoLinearPass : Fusion<"norm-into-linear",
    "apply RMSNorm's gain to a linear's input as it is read, and its scale to the sum"> {
  let description = [{
    `linear(rms_norm(x, g), W)` becomes `linear(x gain g, W) scale r` with `r = rms_scale(x)`.
    A norm multiplies x by a diagonal matrix on either side; the left one, one number per
    token, commutes with the product. The normalised activations are never written. A bias of
    the linear is added after the scale.
  }];
}

def ScaleIntoQueryPass : Fusion<"scale-into-query",
    "apply the softmax scale to the query as it leaves its linear"> {
  let description = [{
    Scores are linear in the query, and so is the rotation before them, so the factor moves
    into `alpha` of the query's linear. This holds for `attend` and for `scores` alike.
  }];
}

def RopeIntoAttentionPass : Fusion<"rope-into-attention",
    "rotate queries and keys in the kernel that projects them"> {
  let description = [{
    The rotation becomes the epilogue of the linear; a tile consists of whole heads.
  }];
}

def AppendIntoAttentionPass : Fusion<"append-into-attention",
    "write keys and values to the cache from the kernel that projects them"> {
  let description = [{
    A new row goes from registers straight to its place in the cache.
  }];
}

def OnlineSoftmaxPass : Fusion<"online-softmax",
    "compute scores, softmax and the mix of values in one pass over the cache"> {
  let description = [{
    `scores`, `softmax` and `mix` become one `attend`, which keeps the running maximum of each
    head's scores and rescales its sums when the maximum grows (Milakov & Gimelshein 2018).
    Neither scores nor attention weights reach memory.
  }];
}

def SwigluIntoLinearPass : Fusion<"swiglu-into-linear",
    "project gate and up and multiply them in one kernel"> {
  let description = [{
    Tiles of gate and up with the same columns are computed together, and only their product
    is written. Applies to any gate (`swiglu`, `geglu`, `reglu`).
  }];
}

def ResidualIntoLinearPass : Fusion<"residual-into-linear",
    "add a projection to the residual stream in the kernel that computes it"> {
  let description = [{
    The sum becomes the epilogue of the linear, on the matching tile of the stream.
  }];
}

def MergeProjectionsPass : Fusion<"merge-projections",
    "put linears of one input into one kernel: Q, K and V; gate and up"> {
  let description = [{
    The cost model counts the input as read once for all of them. Lowering on CPUs still runs
    one grid of tiles per linear, so the input is read again, usually from the cache. The
    weights stay separate, as in the checkpoint.
  }];
}

#endif // CRIA_FUSIONS_TD

//===- KvCache.td - Writing the KV cache ---------------------*- tablegen -*-===//
#ifndef CRIA_KVCACHE_TD
#define CRIA_KVCACHE_TD
include "dialect/base/CriaBase.td"

def Cria_KvAppendOp : Cria_ComputeOp<"kv_append",
    [DeclareOpInterfaceMethods<Cria_PositionOpInterface>], ["getBytesWritten"]> {
  let summary = "write new keys or values into the cache at the position";
  let description = [{
        out = cache, except out[g, position + t, e] = rows[t, g, e]

    The cache is a destination and is updated in place, without a copy. Rows are rounded to
    the storage type of the cache; where that is `q8_0`, 32 neighbours of a row at a time, as
    `cria.quantize` does it.

    Shapes: rows [T, G, E], cache [G, S, E]. position + T ≤ S must hold when it runs.

    Constraints:
    - (kv_append_c1) dim(cache, 0) = dim(rows, 1) and dim(cache, 2) = dim(rows, 2)
    - (kv_append_c2) dim(rows, 0) ≤ dim(cache, 1)

    Example:
    ```mlir
    %k = cria.kv_append %rows at %position into %cache
       : tensor<4x2x64xf32> into tensor<2x512x64xbf16>
    ```
  }];
  let arguments = (ins Cria_Activations3D:$rows, Index:$position, Cria_Cache:$cache);
  let assemblyFormat = [{
    $rows `at` $position `into` $cache attr-dict `:` type($rows) `into` type($cache)
  }];
}

#endif // CRIA_KVCACHE_TD

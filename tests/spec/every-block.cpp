// Every block of the language is compiled, runs, and agrees with the f64 reference, with all fusions and with none. The
// flags say what the plan beside the spec says otherwise.
// RUN: criac %S/accept/every-block.cpp --random-weights=1 --target=native --kv-dtype=f32 --prefill-chunk=7 --verify -o %t 2>&1 | FileCheck %s
// RUN: %t --token-ids 1,2,3 --max-tokens 4 --print-token-ids --ignore-eos | FileCheck %s --check-prefix=TOKENS
// RUN: criac %S/accept/every-block.cpp --random-weights=1 --target=native --kv-dtype=f32 --prefill-chunk=7 --fuse=none --verify -o %t 2>&1 | FileCheck %s
// CHECK: verified: 512 of 512 positions of a context of 512
// TOKENS: {{^[0-9]+,[0-9]+,[0-9]+,[0-9]+$}}

// Blocks that no residual is around, and whose stream is therefore a new one each time.
// RUN: criac %s --random-weights=1 --prefill-chunk=5 --verify -o %t 2>&1 | FileCheck %s --check-prefix=BARE
// RUN: criac %s --random-weights=1 --prefill-chunk=5 --fuse=none --verify -o %t 2>&1 | FileCheck %s --check-prefix=BARE
// BARE: verified: 64 of 64 positions of a context of 64
#include <cria/spec.hpp>
using namespace cria::spec;

CRIA_MODEL(bare,
    trained{.context = 64},
    embed{.vocab = 51, .width = 23},
    rms_norm{},
    repeat(3,
        layer_norm{},
        attention{.heads = 4, .kv_heads = 2, .head_dim = 6},
        residual(residual(residual(geglu{.hidden = 35}))),
        swiglu{.hidden = 17}),
    residual(attention{.heads = 2, .kv_heads = 2, .head_dim = 6}),
    reglu{.hidden = 5},
    unembed{.vocab = 51});

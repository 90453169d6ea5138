// RUN: %clang_spec %s
// RUN: %if gxx %{ %gcc_spec %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

CRIA_MODEL(every_block,
    trained{.context = 1'024, .storage = f16},
    embed{.vocab = 256, .width = 64},
    layer_norm{},
    repeat(2,
        residual(rms_norm{.eps = 1e-6},
                 attention{.heads = 4, .kv_heads = 1, .head_dim = 32,
                           .position = rope{.theta = 1e6, .scaling = linear_scaling{.factor = 4}},
                           .bias = true}),
        residual(layer_norm{}, chain(swiglu{.hidden = 96, .bias = true}, rms_norm{}))),
    residual(geglu{.hidden = 32}, residual(reglu{.hidden = 32})),
    repeat(1,
        residual(attention{.heads = 2, .kv_heads = 1, .head_dim = 32,
                           .position = rope{.scaling = llama3_scaling{.factor = 8}}})),
    rms_norm{},
    unembed{.vocab = 256, .tied = true});
CRIA_PLAN(every_block, .target = "aarch64-linux-gnu", .weights = bf16, .cache = f16, .max_seq = 512, .chunk = 32);

static_assert(every_block.result.ok() && every_block_plan.result.ok());
static_assert(every_block.result.rope_count == 2 && every_block.result.repeats == 2);

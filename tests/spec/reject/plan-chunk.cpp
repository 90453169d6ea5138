// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

// CHECK: plan-chunk.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}plan: a chunk of 64 tokens exceeds max_seq, 32{{("}.*)?$}}
CRIA_PLAN(wrong, .max_seq = 32, .chunk = 64);

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

// CHECK: plan-huge-chunk.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}plan: chunk 1048576 exceeds 16384{{("}.*)?$}}
CRIA_PLAN(wrong, .chunk = 1 << 20);

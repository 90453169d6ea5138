// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

CRIA_MODEL(wrong,
    trained{.context = 64},
    embed{.vocab = 256, .width = 64},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

// CHECK: plan-max-seq.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}plan: max_seq 65 exceeds the context of 64 tokens{{("}.*)?$}}
CRIA_PLAN(wrong, .max_seq = 65);

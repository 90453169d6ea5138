// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: attention-more-kv-heads.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.attention: 2 query heads cannot share 4 kv heads{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, residual(rms_norm{}, attention{.heads = 2, .kv_heads = 4, .head_dim = 16})),
    rms_norm{},
    unembed{.vocab = 256});

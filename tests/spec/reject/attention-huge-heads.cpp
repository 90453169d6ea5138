// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: attention-huge-heads.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.attention: heads 1099511627776 exceeds 16777216{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, residual(rms_norm{}, attention{.heads = 1L << 40, .kv_heads = 2, .head_dim = 16})),
    rms_norm{},
    unembed{.vocab = 256});

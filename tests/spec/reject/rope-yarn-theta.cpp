// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: rope-yarn-theta.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.attention.rope: theta is not above 1, which yarn needs{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, residual(rms_norm{}, attention{.heads = 4, .kv_heads = 2, .head_dim = 16, .position = rope{.theta = 1, .scaling = yarn_scaling{}}})),
    rms_norm{},
    unembed{.vocab = 256});

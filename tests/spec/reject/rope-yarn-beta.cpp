// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: rope-yarn-beta.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.attention.rope: beta_fast and beta_slow of the scaling are not in 1e-6 ... 1e6{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, residual(rms_norm{}, attention{.heads = 4, .kv_heads = 2, .head_dim = 16, .position = rope{.scaling = yarn_scaling{.beta_slow = 0}}})),
    rms_norm{},
    unembed{.vocab = 256});

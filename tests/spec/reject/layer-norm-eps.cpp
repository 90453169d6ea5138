// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: layer-norm-eps.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.layer_norm: eps is not in 1e-30 ... 1{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, residual(rms_norm{}, layer_norm{.eps = 2}, attention{.heads = 4, .kv_heads = 2, .head_dim = 16})),
    rms_norm{},
    unembed{.vocab = 256});

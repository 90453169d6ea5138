// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: attention-huge-product.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.attention: 1048576 heads of head_dim 1048576 exceed 16777216 elements{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, residual(rms_norm{}, attention{.heads = 1 << 20, .kv_heads = 2, .head_dim = 1 << 20})),
    rms_norm{},
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: attention-other-cache.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}attention: 4 kv heads of head_dim 16 do not match the cache, which has 2 of 16{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16}),
    residual(attention{.heads = 4, .kv_heads = 4, .head_dim = 16}),
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: rope-too-many.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}attention.rope: more than 4 different ropes in one model{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16, .position = rope{.theta = 1}}),
    residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16, .position = rope{.theta = 2}}),
    residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16, .position = rope{.theta = 3}}),
    residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16, .position = rope{.theta = 4}}),
    residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16, .position = rope{.theta = 5}}),
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: repeat-too-many-times.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}repeat: times 4097 exceeds 4096{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(4097, residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16})),
    unembed{.vocab = 256});

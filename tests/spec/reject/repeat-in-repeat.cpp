// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: repeat-in-repeat.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.repeat: repeats cannot be nested: weights would have no names{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, repeat(2, residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16}))),
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: residual-nested-too-deep.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}residual: blocks are nested more than 16 deep{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16}))))))))))))))))),
    unembed{.vocab = 256});

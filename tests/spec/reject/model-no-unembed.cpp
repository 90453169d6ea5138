// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: model-no-unembed.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}model: its output has width 64: unembed must come last{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 16}));

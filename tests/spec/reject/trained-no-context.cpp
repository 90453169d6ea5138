// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: trained-no-context.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}trained: context 0 is not positive{{("}.*)?$}}
CRIA_MODEL(wrong,
    trained{.context = 0},
    embed{.vocab = 256, .width = 64},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

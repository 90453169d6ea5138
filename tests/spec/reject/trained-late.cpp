// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: trained-late.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}trained: must come before all blocks{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    trained{},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

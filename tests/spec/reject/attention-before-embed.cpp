// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: attention-before-embed.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}attention: its input is tokens: embed must come first{{("}.*)?$}}
CRIA_MODEL(wrong,
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    embed{.vocab = 256, .width = 64},
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: embed-twice.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}embed: its input has width 64, not tokens: embed must come first{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    embed{.vocab = 256, .width = 64},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: chain-function.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}chain: argument 2 is not a block: it has no label, or neither rule nor body{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    [] { return attention{.heads = 4, .kv_heads = 2, .head_dim = 16}; },
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: two-faults-one-error.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}embed: vocab 0 is not positive{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 0, .width = -1},
    repeat(0, attention{.heads = 3, .kv_heads = 2, .head_dim = 16}),
    residual());

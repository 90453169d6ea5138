// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

constexpr auto layers = repeat(4096, residual(swiglu{.hidden = 1 << 24}));
constexpr auto many = chain(layers, layers, layers, layers, layers, layers, layers, layers);

// CHECK: overflow-of-a-sum.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}repeat: parameters, bytes or operations of the model exceed 2^63{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 1 << 20},
    many,
    many,
    many,
    many,
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

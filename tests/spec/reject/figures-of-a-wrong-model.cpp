// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
// What is said of a model with a fault adds no errors to it.
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: figures-of-a-wrong-model.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}attention: 3 query heads cannot share 2 kv heads{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    residual(attention{.heads = 3, .kv_heads = 2, .head_dim = 16}),
    unembed{.vocab = 256});
CRIA_PLAN(wrong, .max_seq = 1'000'000, .chunk = 2);
static_assert(parameters(wrong) == 1 && 2 == parameters(wrong) && parameters(wrong) != 0);
static_assert(weight_bytes(wrong, bf16) / 1e9 < 1 && kv_cache_bytes(wrong, 10, f32) % 7 > 7);
static_assert(flops_per_token(wrong, 0) <= bytes_per_token(wrong, 0, f32) - 5);
static_assert(bytes_per_token(wrong, 0, f32, bf16) >= 2 * parameters(wrong) + parameters(wrong));
constexpr idx size = 100 / parameters(wrong);
static_assert(size > 0);

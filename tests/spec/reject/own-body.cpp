// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

struct layer {
  static constexpr const char *label = "layer";
  idx heads;
  constexpr auto body() const {
    return residual(attention{.heads = heads, .kv_heads = 2, .head_dim = 16});
  }
};

// CHECK: own-body.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.layer.attention: 3 query heads cannot share 2 kv heads{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, layer{3}),
    unembed{.vocab = 256});

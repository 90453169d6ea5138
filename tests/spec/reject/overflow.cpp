// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

struct vast {
  static constexpr const char *label = "vast";
  constexpr flow operator()(flow in) const {
    return in.emits(in.width, cost::weights(count(idx(1) << 62) * 2));
  }
};

// CHECK: overflow.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}vast: parameters, bytes or operations of the model exceed 2^63{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    vast{},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

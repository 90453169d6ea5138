// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

struct even {
  static constexpr const char *label = "even";
  constexpr flow operator()(flow in) const {
    return in.needs(divides(2, in.width), "width {} is odd", in.width);
  }
};

// CHECK: own-rule.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}even: width 63 is odd{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 63},
    residual(even{}),
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

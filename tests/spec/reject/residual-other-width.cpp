// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

struct widen {
  static constexpr const char *label = "widen";
  idx to;
  constexpr flow operator()(flow in) const { return in.emits(to, {}); }
};

// CHECK: residual-other-width.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}residual: the branch turns width 64 into 100, so it cannot be added back{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    residual(rms_norm{}, widen{100}),
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

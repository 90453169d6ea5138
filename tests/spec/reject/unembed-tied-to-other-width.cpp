// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

struct widen {
  static constexpr const char *label = "widen";
  idx to;
  constexpr flow operator()(flow in) const { return in.emits(to, {}); }
};

// CHECK: unembed-tied-to-other-width.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}unembed: the head is tied to a table of width 64, but its input has width 100{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    widen{100},
    unembed{.vocab = 256, .tied = true});

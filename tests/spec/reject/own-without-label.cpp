// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

struct nameless {
  constexpr flow operator()(flow in) const { return in; }
};

// CHECK: own-without-label.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}chain: argument 2 is not a block: it has no label, or neither rule nor body{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    nameless{},
    attention{.heads = 4, .kv_heads = 2, .head_dim = 16},
    unembed{.vocab = 256});

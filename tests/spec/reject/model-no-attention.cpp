// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: model-no-attention.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}model: has no attention{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    residual(rms_norm{}, swiglu{.hidden = 8}),
    unembed{.vocab = 256});

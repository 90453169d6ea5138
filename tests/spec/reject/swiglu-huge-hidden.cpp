// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: swiglu-huge-hidden.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}block.swiglu: hidden 1099511627776 exceeds 16777216{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 64},
    repeat(2, residual(rms_norm{}, swiglu{.hidden = 1L << 40})),
    rms_norm{},
    unembed{.vocab = 256});

// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: embed-huge-vocab.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}embed: vocab 1099511627776 exceeds 16777216{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 1L << 40, .width = 64},
    unembed{.vocab = 256});

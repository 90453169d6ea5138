// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: embed-huge-width.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}embed: width 1099511627776 exceeds 1048576{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256, .width = 1L << 40},
    unembed{.vocab = 256});

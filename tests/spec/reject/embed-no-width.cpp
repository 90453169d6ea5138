// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: embed-no-width.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}embed: width 0 is not positive{{("}.*)?$}}
CRIA_MODEL(wrong,
    embed{.vocab = 256},
    unembed{.vocab = 256});

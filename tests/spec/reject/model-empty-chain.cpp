// RUN: not %clang_spec %s 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %s 2>&1 | %check_rejection %s %}
#include <cria/spec.hpp>
using namespace cria::spec;

// CHECK: model-empty-chain.cpp:[[#@LINE+1]]:{{.*}} error: {{.*}}model: has no embed{{("}.*)?$}}
CRIA_MODEL(wrong, chain());

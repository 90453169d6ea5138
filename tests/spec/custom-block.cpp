// The example compiles by itself, and says what is wrong where its own rule does not hold.
// RUN: %clang_spec %S/../../examples/custom-block/sandwich.cpp
// RUN: %if gxx %{ %gcc_spec %S/../../examples/custom-block/sandwich.cpp %}
// RUN: sed 's/lanes = 16/lanes = 48/' %S/../../examples/custom-block/sandwich.cpp > %t.cpp
// RUN: not %clang_spec %t.cpp 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %t.cpp 2>&1 | %check_rejection %s %}
// RUN: criac %S/../../examples/custom-block/sandwich.cpp --random-weights=1 --verify -o %t
// RUN: %t --token-ids 1,2,3 --max-tokens 4 --print-token-ids --ignore-eos | FileCheck %s --check-prefix=TOKENS
// TOKENS: {{^[0-9]+,[0-9]+,[0-9]+,[0-9]+$}}
// CHECK: error: {{.*}}block.sandwich.tiled_swiglu: width 64 is not a multiple of the 48 lanes

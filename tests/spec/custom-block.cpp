// The example compiles by itself, and says what is wrong where its own rule does not hold.
// RUN: %clang_spec %S/../../examples/custom-block/sandwich.cpp
// RUN: %if gxx %{ %gcc_spec %S/../../examples/custom-block/sandwich.cpp %}
// RUN: sed 's/lanes = 16/lanes = 48/' %S/../../examples/custom-block/sandwich.cpp > %t.cpp
// RUN: not %clang_spec %t.cpp 2>&1 | %check_rejection %s
// RUN: %if gxx %{ not %gcc_spec %t.cpp 2>&1 | %check_rejection %s %}
// CHECK: error: {{.*}}block.sandwich.tiled_swiglu: width 64 is not a multiple of the 48 lanes

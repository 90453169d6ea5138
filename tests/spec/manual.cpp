// The first example of the manual compiles, by itself and with criac.
// RUN: sed '1,/^```cpp/d;/^```/,$d' %S/../../docs/spec.md > %t.cpp
// RUN: %clang_spec %t.cpp
// RUN: %if gxx %{ %gcc_spec %t.cpp %}
// RUN: criac %t.cpp --random-weights=1 -o %t
// RUN: %t --token-ids 1,2,3 --max-tokens 4 --print-token-ids --ignore-eos | FileCheck %s
// CHECK: {{^[0-9]+,[0-9]+,[0-9]+,[0-9]+$}}

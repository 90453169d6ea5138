// RUN: %python %S/headers.py %include %clang_spec | FileCheck %s
// RUN: %if gxx %{ %python %S/headers.py %include %gcc_spec | FileCheck %s %}
// CHECK: {{[1-9][0-9]+}} of {{[1-9][0-9]+}} headers stand alone

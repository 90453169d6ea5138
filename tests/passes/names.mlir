// A pass, its files, its flag and its test have one name.
// RUN: %python %S/check_stems.py %S/../.. | FileCheck %s
// CHECK: {{^[0-9]+}} passes, each with one name and a test{{$}}

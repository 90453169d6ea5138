// What ODS says about the ops is tested: each constraint, each example.
// RUN: %python %S/check_constraints.py %S/../../dialect %S
// RUN: %python %S/check_examples.py %S/../../dialect %S

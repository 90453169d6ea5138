// A pass, its files, its flag and its test share one name.
// RUN: %python %S/check_stems.py %S/../../passes %S

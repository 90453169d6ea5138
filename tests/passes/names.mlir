// A pass, its files, its flag and its test have one name.
// RUN: %python %S/check_stems.py %S/../../passes %S

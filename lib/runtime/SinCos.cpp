//===- SinCos.cpp - sincos, bound inside ----------------------------------===//
#include <cmath>

/// LLVM joins sin(x) and cos(x) to a call of this GNU function. Its name is not one that C
/// reserves, so a program may have a function of its own with it, which must not be called
/// instead. Compiled with -fno-builtin, or it would call itself.
extern "C" void sincos(double x, double *sine, double *cosine) {
  *sine = std::sin(x);
  *cosine = std::cos(x);
}

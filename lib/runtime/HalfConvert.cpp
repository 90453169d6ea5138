//===- HalfConvert.cpp - Conversions of f16 that compiled code calls ------===//
//
// LLVM calls these functions where a CPU has no instructions for f16. They are part of libgcc on
// x86-64, and AArch64 never needs them; libgcc 12 lacks them for RISC-V.
//
//===----------------------------------------------------------------------===//
#include "storage/FloatConvert.h"
#include <bit>

#if defined(__riscv) && !defined(__riscv_zfhmin)

extern "C" float __extendhfsf2(_Float16 half) {
  return cria::f16ToFloat(std::bit_cast<uint16_t>(half));
}

extern "C" _Float16 __truncsfhf2(float value) {
  return std::bit_cast<_Float16>(cria::floatToF16(value));
}

#endif

//===- ByteText.h - Numbers of bytes for people -----------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::rt {

/// 1234567 as "1.23 MB".
std::string byteText(double count);

} // namespace cria::rt

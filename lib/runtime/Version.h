//===- Version.h - The version of Cria --------------------------*- C++ -*-===//
#pragma once

namespace cria::rt {

/// "MAJOR.MINOR.PATCH"
extern const char *const version;

} // namespace cria::rt

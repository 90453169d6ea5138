//===- Install.h - Where the parts of Cria are ------------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::driver {

/// The folder of libcria_rt.a: beside the build's or the installation's bin. Throws cria::Error.
std::string runtimeFolder();
/// The same for the runtime of another system, such as "riscv64-linux-gnu".
std::string runtimeFolder(const std::string &system);
/// The folder of cria/spec.hpp. Throws cria::Error.
std::string includeFolder();

} // namespace cria::driver

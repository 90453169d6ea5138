//===- Install.h - Where the parts of Cria are ------------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::driver {

/// The folder of libcria_rt.a: beside the build's or the installation's bin. Throws cria::Error.
std::string runtimeFolder();
/// The folder of cria/spec.hpp. Throws cria::Error.
std::string includeFolder();

} // namespace cria::driver

//===- Error.h - A fault of the user's input --------------------*- C++ -*-===//
#pragma once
#include <stdexcept>
#include <string>

namespace cria {

/// A fault of the user's input: what() is one line naming file, field and value.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace cria

//===- Error.h - Errors in the user's input ---------------------*- C++ -*-===//
#pragma once
#include <stdexcept>
#include <string>

namespace cria {

/// An error in the user's input. what() is one line that names file, field and value.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace cria

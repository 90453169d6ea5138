//===- Status.h - Errors that carry a code for the C API --------*- C++ -*-===//
#pragma once
#include "cria/runtime/cria.h"
#include "runtime/Fail.h"

namespace cria::rt {

/// An error that a program may want to tell from a fault of a file, CRIA_ERROR_INPUT.
struct StatusError : Error {
  StatusError(cria_status status, const std::string &message) : Error(message), status(status) {}
  cria_status status;
};

template <class... Args>
[[noreturn]] void failWith(cria_status status, fmt::format_string<Args...> format, Args &&...args) {
  throw StatusError(status, fmt::format(format, std::forward<Args>(args)...));
}

} // namespace cria::rt

//===- CApi.h - What the functions of cria.h share --------------*- C++ -*-===//
//
// Exceptions end in these functions: `guard` turns each into a status and a message.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/Session.h"
#include "runtime/Status.h"
#include <new>

struct cria_model_handle {
  std::shared_ptr<const cria::rt::Model> model;
};
struct cria_session {
  cria::rt::Session session;
};

namespace cria::rt::capi {

/// Keeps `message` for cria_error_message and returns `status`.
cria_status remember(cria_status status, const char *message) noexcept;

template <class Body>
cria_status guard(Body &&body) noexcept {
  try {
    body();
    return CRIA_OK;
  } catch (const StatusError &error) {
    return remember(error.status, error.what());
  } catch (const Error &error) {
    return remember(CRIA_ERROR_INPUT, error.what());
  } catch (const std::bad_alloc &) {
    return remember(CRIA_ERROR_MEMORY, "out of memory");
  } catch (const std::exception &error) {
    return remember(CRIA_ERROR_INTERNAL, error.what());
  } catch (...) {
    return remember(CRIA_ERROR_INTERNAL, "unknown exception");
  }
}

inline void require(bool condition, const char *what) {
  if (!condition)
    failWith(CRIA_ERROR_ARGUMENT, "{}", what);
}

template <class T>
std::span<const T> list(const T *data, int64_t count, const char *what) {
  require(count >= 0 && (data || count == 0), what);
  return {data, static_cast<size_t>(count)};
}

/// Throws unless `size` may be that of a struct of an older or newer header; `known` is ours.
void checkSize(size_t size, size_t known);

} // namespace cria::rt::capi

//===- GpuDriver.h - The driver of GPUs, found at run time ------*- C++ -*-===//
#pragma once
#include "runtime/device/GpuApi.h"

namespace cria::rt {

class GpuDriver {
public:
  static constexpr unsigned nonBlocking = 1; ///< flags of a stream

  /// The driver of this machine, opened once. Throws a NoDevice that says what is missing.
  static const GpuDriver &get(const GpuApi &api);

#define CRIA_GPU_FIELD(name, cuda, hip, parameters)                                                \
  int(*name) parameters = nullptr; // NOLINT(bugprone-macro-parentheses): it is a declaration
  CRIA_GPU_FUNCTIONS(CRIA_GPU_FIELD)
#undef CRIA_GPU_FIELD
  /// `launch` with attributes, of CUDA 11.8 and newer; else null.
  int (*launchWith)(const GpuLaunch *, GpuHandle, void **, void **) = nullptr;

  /// GPUs of this machine. Throws a cria::Error.
  int count() const;
  /// Throws a cria::Error with `what` and the driver's name of `status`, unless that is 0.
  void check(int status, const char *what) const;

private:
  explicit GpuDriver(const GpuApi &api);
  const char *nameOf(int status) const;

  const GpuApi &api_;
};

} // namespace cria::rt

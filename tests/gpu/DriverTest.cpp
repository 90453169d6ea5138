//===- DriverTest.cpp - What is declared here is what CUDA declares -------===//
#include "catch2/catch.hpp"
#include "runtime/device/GpuApi.h"
#include <cstddef>
#if __has_include(<cuda.h>)
#include <cuda.h>
#endif

TEST_CASE("structures of the driver are laid out as in cuda.h") {
#ifdef CUDA_VERSION
  using cria::rt::GpuLaunch;
  using cria::rt::GpuLaunchAttribute;
  STATIC_REQUIRE(sizeof(GpuLaunch) == sizeof(CUlaunchConfig));
  STATIC_REQUIRE(offsetof(GpuLaunch, threads) == offsetof(CUlaunchConfig, blockDimX));
  STATIC_REQUIRE(offsetof(GpuLaunch, sharedBytes) == offsetof(CUlaunchConfig, sharedMemBytes));
  STATIC_REQUIRE(offsetof(GpuLaunch, stream) == offsetof(CUlaunchConfig, hStream));
  STATIC_REQUIRE(offsetof(GpuLaunch, attributes) == offsetof(CUlaunchConfig, attrs));
  STATIC_REQUIRE(offsetof(GpuLaunch, attributeCount) == offsetof(CUlaunchConfig, numAttrs));
  STATIC_REQUIRE(sizeof(GpuLaunchAttribute) == sizeof(CUlaunchAttribute));
  STATIC_REQUIRE(offsetof(GpuLaunchAttribute, number) == offsetof(CUlaunchAttribute, value));
  STATIC_REQUIRE(GpuLaunchAttribute::early ==
                 CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION);
#else
  WARN("skipped: no cuda.h on this machine");
#endif
}

//===- Intrinsics.cpp - What kernels ask of a GPU -------------------------===//
//
// Names are those of NVVM's intrinsics, with underscores for dots. Where threads wait for others,
// the last argument is the number of the call (Retarget.h).
//
//===----------------------------------------------------------------------===//
#include "gpu/emulator/Emulator.h"
#include <bit>

using namespace cria::emulator;

extern "C" {

std::int32_t emulated_read_ptx_sreg_tid_x() { return std::int32_t(thread()); }
std::int32_t emulated_read_ptx_sreg_ntid_x() { return std::int32_t(threadCount()); }
std::int32_t emulated_read_ptx_sreg_ctaid_x() { return std::int32_t(block().x); }
std::int32_t emulated_read_ptx_sreg_ctaid_y() { return std::int32_t(block().y); }
std::int32_t emulated_read_ptx_sreg_ctaid_z() { return std::int32_t(block().z); }
std::int32_t emulated_read_ptx_sreg_nctaid_x() { return std::int32_t(grid().x); }
std::int32_t emulated_read_ptx_sreg_nctaid_y() { return std::int32_t(grid().y); }
std::int32_t emulated_read_ptx_sreg_nctaid_z() { return std::int32_t(grid().z); }

void emulated_barrier_cta_sync_aligned_all(std::int32_t, std::uint32_t site) { waitForBlock(site); }

float emulated_shfl_sync_bfly_f32(std::int32_t mask, float value, std::int32_t distance,
                                  std::int32_t, std::uint32_t site) {
  unsigned from = (thread() % warpSize) ^ unsigned(distance);
  return std::bit_cast<float>(
      exchange(std::uint32_t(mask), std::bit_cast<std::uint32_t>(value), from, site));
}

} // extern "C"

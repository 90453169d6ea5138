//===- AmdIntrinsics.cpp - What kernels ask of a GPU of AMD's -------------===//
//
// Names are those of AMDGPU's intrinsics, with underscores for dots. Where threads wait for others,
// the last argument is the number of the call (Retarget.h). A wave has 64 lanes, as on gfx9;
// kernels must use each half of it as a warp, for other chips have waves of 32.
//
//===----------------------------------------------------------------------===//
#include "gpu/emulator/Emulator.h"
#include <bit>

using namespace cria::emulator;

namespace {

constexpr unsigned waveSize = 2 * warpSize;

unsigned lane() { return thread() % waveSize; }

/// Bits of `mask` for lanes below this one, of those from `first` on.
std::uint32_t bitsBelow(std::uint32_t mask, unsigned first) {
  unsigned count = lane() < first ? 0 : lane() - first;
  return std::uint32_t(std::popcount(count < 32 ? mask & ((1U << count) - 1) : mask));
}

} // namespace

extern "C" {

std::uint32_t emulated_workitem_id_x() { return thread(); }
std::uint32_t emulated_workgroup_id_x() { return block().x; }
std::uint32_t emulated_workgroup_id_y() { return block().y; }
std::uint32_t emulated_workgroup_id_z() { return block().z; }

std::uint32_t emulated_mbcnt_lo(std::uint32_t mask, std::uint32_t base) {
  return base + bitsBelow(mask, 0);
}
std::uint32_t emulated_mbcnt_hi(std::uint32_t mask, std::uint32_t base) {
  return base + bitsBelow(mask, 32);
}

void emulated_s_barrier(std::uint32_t site) { waitForBlock(site); }

std::uint32_t emulated_ds_bpermute(std::uint32_t address, std::uint32_t word, std::uint32_t site) {
  give({&word, 1}, site);
  unsigned from = address / sizeof word % waveSize;
  if (from / warpSize != lane() / warpSize)
    fault("reads a lane of the other half of its wave");
  return given(from % warpSize, 0);
}

} // extern "C"

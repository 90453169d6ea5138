//===- NvidiaIntrinsics.cpp - What kernels ask of a GPU of NVIDIA's -------===//
//
// Names are those of NVVM's intrinsics, with underscores for dots. Where threads wait for others,
// the last argument is the number of the call (Retarget.h).
//
//===----------------------------------------------------------------------===//
#include "gpu/emulator/Emulator.h"
#include <algorithm>
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

// Kernels run one after the other.
void emulated_griddepcontrol_wait() {}
void emulated_griddepcontrol_launch_dependents() {}

void emulated_barrier_cta_sync_aligned_all(std::int32_t, std::uint32_t site) { waitForBlock(site); }

std::uint32_t emulated_shfl_sync_bfly_i32(std::int32_t mask, std::uint32_t word,
                                          std::int32_t distance, std::int32_t, std::uint32_t site) {
  if (mask != -1)
    fault("shuffles in a part of a warp, which is not emulated");
  give({&word, 1}, site);
  return given((thread() % warpSize) ^ unsigned(distance), 0);
}
float emulated_shfl_sync_bfly_f32(std::int32_t mask, float value, std::int32_t distance,
                                  std::int32_t clamp, std::uint32_t site) {
  auto word = std::bit_cast<std::uint32_t>(value);
  return std::bit_cast<float>(emulated_shfl_sync_bfly_i32(mask, word, distance, clamp, site));
}

/// Lanes of a group of 4 have a row of a, one 8 rows below it, and a column of b: in each word two
/// neighbours, at 2i for the first words and 2i + 8 for the others (PTX ISA, "Matrix fragments for
/// mma.m16n8k16 with floating point type").
void emulated_mma_m16n8k16_row_col_bf16(std::uint32_t a0, std::uint32_t a1, std::uint32_t a2,
                                        std::uint32_t a3, std::uint32_t b0, std::uint32_t b1,
                                        float c0, float c1, float c2, float c3, std::uint32_t site,
                                        float *out) {
  constexpr std::uint32_t notOfShuffles = 1U << 31;
  std::uint32_t words[] = {a0, a1, a2, a3, b0, b1};
  give(words, site | notOfShuffles);
  constexpr unsigned group = 4, pairs = 8;
  unsigned lane = thread() % warpSize, row = lane / group, column = lane % group * 2;
  float sums[] = {c0, c1, c2, c3};
  auto half = [](std::uint32_t word, unsigned i) {
    return std::bit_cast<float>(i ? word & 0xffff0000U : word << 16);
  };
  for (unsigned i = 0; i < 4; ++i) {
    double added = 0; // the products of one instruction are summed with more than 24 bits
    for (unsigned k = 0; k < 2 * pairs; ++k) {
      unsigned pair = k / 2, later = pair / group, from = pair % group;
      float a = half(given(row * group + from, 2 * later + i / 2), k % 2);
      float b = half(given((column + i % 2) * group + from, 4 + later), k % 2);
      added += double(a) * b;
    }
    sums[i] = float(sums[i] + added);
  }
  std::copy(sums, sums + 4, out);
}

} // extern "C"

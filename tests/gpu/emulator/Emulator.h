//===- Emulator.h - Kernels of a GPU, run on a CPU --------------*- C++ -*-===//
//
// A kernel is the LLVM IR that goes to the NVPTX or AMDGPU back end, compiled for this machine
// after its intrinsics were made functions of NvidiaIntrinsics.cpp or AmdIntrinsics.cpp
// (Retarget.h). Each thread of a block is a fiber
// that is left where hardware would wait. Besides wrong answers, this finds
//
// - threads that wait for others which never come, or come to another barrier;
// - workgroup memory that is read before it is written: it is NaN when a block begins;
// - answers that depend on the order in which threads and blocks run, which a seed decides.
//
// It does not see what only hardware does: the order of memory accesses between blocks, alignment,
// registers, speed.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <span>

namespace cria::emulator {

inline constexpr unsigned warpSize = 32;

/// What Retarget.h adds to a module for each kernel, as the symbol "emulated_" and its name.
struct Kernel {
  void (*run)(const std::uint64_t *words); ///< as one thread; each argument is a word
  void *workgroup;                         ///< its workgroup memory, or null
  std::uint64_t workgroupBytes;
  std::uint64_t arguments; ///< their number
};

struct Dim {
  std::uint32_t x = 1, y = 1, z = 1;
};

/// Runs `kernel` on a grid of blocks of `threads` threads, blocks one after the other. Blocks and
/// threads run in ascending order with seed 0, in descending order with seed 1, and else in a
/// random one.
/// Throws a std::runtime_error for what hardware would do wrong.
void launch(const Kernel &kernel, Dim grid, unsigned threads, std::span<const std::uint64_t> words,
            unsigned seed = 0);

// For intrinsics, about the thread that runs.
unsigned thread();
unsigned threadCount();
Dim block();
Dim grid();
/// Waits for all threads of the block. `site` is the number of the call in the code.
void waitForBlock(std::uint32_t site);
/// Gives up to `mostWords` words to the warp, and waits until all of its lanes have at `site`.
inline constexpr unsigned mostWords = 6;
void give(std::span<const std::uint32_t> words, std::uint32_t site);
/// Word `i` of those that a lane of the warp gave then.
std::uint32_t given(unsigned lane, unsigned i);
/// Ends the launch with an error.
void fault(const char *what);

} // namespace cria::emulator

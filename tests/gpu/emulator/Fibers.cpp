//===- Fibers.cpp - The threads of a block, one at a time -----------------===//
#include "gpu/emulator/Emulator.h"
#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <sys/mman.h>
#include <ucontext.h>
#include <utility>
#include <vector>

namespace cria::emulator {
namespace {

// Not a power of two, so that stacks are not all on the same lines of the cache.
constexpr std::size_t stackBytes = (std::size_t(128) << 10) + 832;

enum class State { ready, atBarrier, atExchange, done };

struct Fiber {
  State state = State::ready;
  bool begun = false;
  std::uint32_t site = 0; ///< where it waits
  /// Given to the warp, in turn to one and the other, so that none are overwritten unread.
  std::array<std::uint32_t, mostWords> words[2] = {};
  unsigned slot = 0;  ///< of the words that were given last
  std::jmp_buf place; ///< where it goes on
  ucontext_t start;
};

/// The block that runs.
class Block {
public:
  const Kernel *kernel = nullptr;
  Dim grid, id;
  const std::uint64_t *words = nullptr;
  std::vector<std::unique_ptr<Fiber>> fibers;
  unsigned current = 0;
  std::jmp_buf scheduler;
  std::string fault; ///< of the thread that ran last

  void resize(unsigned threads);
  void run(std::vector<unsigned> &order, std::mt19937 *random);
  /// Lets others run until this thread may go on.
  void leave(State why, std::uint32_t site);

private:
  void resume(unsigned i);
  bool all(unsigned from, unsigned to, State state) const;
  bool release();
  /// Lets threads go on that have all come to the same place.
  void go(unsigned from, unsigned to, const char *what);
  [[noreturn]] void fail(unsigned thread, const std::string &what);

  char *stacks = nullptr;
};

Block theBlock;

/// A fiber runs one thread after the other.
void fiberMain() {
  while (true) {
    theBlock.kernel->run(theBlock.words);
    theBlock.leave(State::done, 0);
  }
}

void Block::resize(unsigned threads) {
  if (fibers.size() == threads)
    return;
  if (stacks)
    munmap(stacks, fibers.size() * stackBytes);
  void *memory = mmap(nullptr, threads * stackBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    throw std::runtime_error("emulator: no memory for the stacks of threads");
  stacks = static_cast<char *>(memory);
  fibers.clear();
  for (unsigned i = 0; i < threads; ++i) {
    auto &fiber = *fibers.emplace_back(std::make_unique<Fiber>());
    getcontext(&fiber.start);
    fiber.start.uc_stack.ss_sp = stacks + i * stackBytes;
    fiber.start.uc_stack.ss_size = stackBytes;
    makecontext(&fiber.start, fiberMain, 0);
  }
}

void Block::resume(unsigned i) {
  current = i;
  Fiber &fiber = *fibers[i];
  if (_setjmp(scheduler) != 0)
    return;
  if (fiber.begun)
    _longjmp(fiber.place, 1);
  fiber.begun = true;
  setcontext(&fiber.start);
}

void Block::leave(State why, std::uint32_t site) {
  Fiber &fiber = *fibers[current];
  fiber.state = why;
  fiber.site = site;
  if (_setjmp(fiber.place) == 0)
    _longjmp(scheduler, 1);
}

bool Block::all(unsigned from, unsigned to, State state) const {
  return std::all_of(&fibers[from], &fibers[0] + to,
                     [=](const auto &fiber) { return fiber->state == state; });
}

void Block::go(unsigned from, unsigned to, const char *what) {
  for (unsigned i = from; i < to; ++i) {
    if (fibers[i]->site != fibers[from]->site)
      fail(i, std::string("waits at another ") + what + " than thread " + std::to_string(from));
    fibers[i]->state = State::ready;
  }
}

bool Block::release() {
  auto count = unsigned(fibers.size());
  if (all(0, count, State::atBarrier)) {
    go(0, count, "barrier");
    return true;
  }
  bool any = false;
  for (unsigned warp = 0; warp < count; warp += warpSize)
    if (unsigned end = std::min(warp + warpSize, count); all(warp, end, State::atExchange)) {
      go(warp, end, "shuffle");
      any = true;
    }
  return any;
}

void Block::fail(unsigned thread, const std::string &what) {
  munmap(stacks, fibers.size() * stackBytes);
  stacks = nullptr;
  fibers.clear(); // some are in the middle of a thread
  throw std::runtime_error("emulator: block (" + std::to_string(id.x) + ", " +
                           std::to_string(id.y) + ", " + std::to_string(id.z) + "), thread " +
                           std::to_string(thread) + ": " + what);
}

void Block::run(std::vector<unsigned> &order, std::mt19937 *random) {
  if (kernel->workgroup)
    std::memset(kernel->workgroup, 0xff, kernel->workgroupBytes);
  auto count = unsigned(fibers.size());
  for (auto &fiber : fibers)
    fiber->state = State::ready;
  while (!all(0, count, State::done)) {
    bool ran = false;
    if (random)
      std::shuffle(order.begin(), order.end(), *random);
    for (unsigned i : order)
      if (fibers[i]->state == State::ready) {
        resume(i);
        ran = true;
        if (!fault.empty())
          fail(i, std::exchange(fault, ""));
      }
    if (ran || release())
      continue;
    for (unsigned i = 0; i < count; ++i)
      if (fibers[i]->state != State::done)
        fail(i, fibers[i]->state == State::atBarrier ? "waits at a barrier that others never reach"
                                                     : "waits at a shuffle that its warp never "
                                                       "reaches");
  }
}

/// Numbers up to `count`, in the order that `seed` says.
std::vector<unsigned> ordered(unsigned count, unsigned seed, std::mt19937 &random) {
  std::vector<unsigned> order(count);
  std::iota(order.begin(), order.end(), 0);
  if (seed == 1)
    std::reverse(order.begin(), order.end());
  else if (seed > 1)
    std::shuffle(order.begin(), order.end(), random);
  return order;
}

} // namespace

void launch(const Kernel &kernel, Dim grid, unsigned threads, std::span<const std::uint64_t> words,
            unsigned seed) {
  static std::mutex mutex;
  std::lock_guard lock(mutex);
  theBlock.resize(threads);
  theBlock.kernel = &kernel;
  theBlock.grid = grid;
  theBlock.words = words.data();
  std::mt19937 random(seed);
  std::vector<unsigned> order = ordered(threads, seed, random);
  for (unsigned number : ordered(grid.x * grid.y * grid.z, seed, random)) {
    theBlock.id = {number % grid.x, number / grid.x % grid.y, number / grid.x / grid.y};
    theBlock.run(order, seed > 1 ? &random : nullptr);
  }
}

unsigned thread() { return theBlock.current; }
unsigned threadCount() { return unsigned(theBlock.fibers.size()); }
Dim block() { return theBlock.id; }
Dim grid() { return theBlock.grid; }

void waitForBlock(std::uint32_t site) { theBlock.leave(State::atBarrier, site); }

void give(std::span<const std::uint32_t> words, std::uint32_t site) {
  Fiber &fiber = *theBlock.fibers[theBlock.current];
  fiber.slot ^= 1;
  std::copy(words.begin(), words.end(), fiber.words[fiber.slot].begin());
  theBlock.leave(State::atExchange, site);
}

std::uint32_t given(unsigned lane, unsigned i) {
  unsigned slot = theBlock.fibers[theBlock.current]->slot;
  return theBlock.fibers[theBlock.current / warpSize * warpSize + lane]->words[slot][i];
}

void fault(const char *what) { theBlock.fault = what; }

} // namespace cria::emulator

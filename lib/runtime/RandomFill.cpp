//===- RandomFill.cpp - Tensors of random weights -------------------------===//
#include "runtime/RandomFill.h"
#include "storage/Storage.h"
#include <algorithm>
#include <thread>
#include <vector>

namespace cria::rt {
namespace {

/// Elements `begin` … `end` - 1, which are whole blocks.
void fillRange(const storage::Storage &storage, const RandomTensor &values, void *out,
               int64_t begin, int64_t end) {
  constexpr int64_t part = 4096; // a multiple of every block
  std::vector<float> made(part);
  for (; begin < end; begin += part) {
    std::span some(made.data(), static_cast<size_t>(std::min(part, end - begin)));
    for (size_t i = 0; i < some.size(); ++i)
      some[i] = values[static_cast<uint64_t>(begin) + i];
    storage.codec.encode(some, static_cast<std::byte *>(out) + storage.bytesOf(begin));
  }
}

} // namespace

void fillRandom(const cria_param &param, const RandomTensor &values, void *out) {
  // A thread is worth its start from about this many elements on.
  constexpr int64_t fewest = 1 << 20;
  const storage::Storage &storage = storage::storageOf(param.dtype);
  int64_t count = param.shape[0] * param.shape[1];
  auto processors = std::max<int64_t>(std::thread::hardware_concurrency(), 1);
  int64_t parts = std::clamp<int64_t>(count / fewest, 1, processors);
  int64_t share = count / parts / storage.elements * storage.elements;
  std::vector<std::jthread> threads;
  for (int64_t part = 1; part < parts; ++part)
    threads.emplace_back([=, &values, &storage] {
      fillRange(storage, values, out, share * part, part + 1 == parts ? count : share * (part + 1));
    });
  fillRange(storage, values, out, 0, parts == 1 ? count : share);
}

} // namespace cria::rt

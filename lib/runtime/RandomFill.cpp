#include "runtime/RandomFill.h"
#include "runtime/FloatConvert.h"
#include <algorithm>
#include <thread>
#include <vector>

namespace cria::rt {
namespace {

template <class T, class Convert>
void fillRange(const RandomTensor &values, T *out, int64_t begin, int64_t end, Convert convert) {
  for (int64_t i = begin; i < end; ++i)
    out[i] = convert(values[static_cast<uint64_t>(i)]);
}

void fillRange(int64_t dtype, const RandomTensor &values, void *out, int64_t begin, int64_t end) {
  switch (dtype) {
  case CRIA_F32:
    return fillRange(values, static_cast<float *>(out), begin, end, [](float x) { return x; });
  case CRIA_F16:
    return fillRange(values, static_cast<uint16_t *>(out), begin, end, floatToF16);
  default:
    return fillRange(values, static_cast<uint16_t *>(out), begin, end, floatToBf16);
  }
}

} // namespace

void fillRandom(const cria_param &param, const RandomTensor &values, void *out) {
  // A thread is worth its start from about this many elements on.
  constexpr int64_t fewest = 1 << 20;
  int64_t count = param.shape[0] * param.shape[1];
  auto processors = std::max<int64_t>(std::thread::hardware_concurrency(), 1);
  int64_t parts = std::clamp<int64_t>(count / fewest, 1, processors);
  std::vector<std::jthread> threads;
  for (int64_t part = 1; part < parts; ++part)
    threads.emplace_back([=, &values] {
      fillRange(param.dtype, values, out, count / parts * part,
                part + 1 == parts ? count : count / parts * (part + 1));
    });
  fillRange(param.dtype, values, out, 0, parts == 1 ? count : count / parts);
}

} // namespace cria::rt

//===- fuzz_npy.cpp - Whatever the bytes of a .npy file ---------*- C++ -*-===//
//
// Elements that lie inside them and are as many as the shape says, or a cria::Error.
//
//===----------------------------------------------------------------------===//
#include "FuzzSupport.h"
#include "runtime/Npy.h"

using namespace cria::rt;

static std::string goodFile() {
  constexpr int64_t shape[] = {2, 3};
  return npyHeader("f4", shape) + std::string(24, 'x');
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const std::string good = goodFile();
  FuzzedDataProvider data(bytes, size);
  std::string text = fuzz::changed(good, data);
  auto file = std::as_bytes(std::span(text));
  fuzz::tolerate([&] {
    NpyArray array = readNpy(file, "fuzz");
    int64_t count = 1;
    for (int64_t extent : array.shape)
      count *= extent;
    if (count != array.elements() || array.data.data() < file.data() ||
        array.data.data() + array.data.size() > file.data() + file.size())
      std::abort();
  });
  return 0;
}

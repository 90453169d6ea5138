// Whatever the bytes: tensors that lie inside them and share none, or a cria::Error.
#include "runtime/Safetensors.h"
#include "support/Error.h"
#include <cstdlib>
#include <cstring>
#include <string>

using namespace cria::rt;

static void check(std::span<const std::byte> file) {
  TensorMap tensors;
  try {
    tensors = readSafetensors(file, "fuzz");
  } catch (const cria::Error &error) {
    if (std::string_view(error.what()).find('\n') != std::string_view::npos)
      std::abort();
    return;
  }
  size_t total = 0;
  for (const auto &[name, tensor] : tensors) {
    total += tensor.bytes.size();
    if (!tensor.bytes.empty() &&
        (tensor.bytes.data() < file.data() || &tensor.bytes.back() > &file.back()))
      std::abort();
  }
  if (total > file.size())
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check(std::as_bytes(std::span(data, size)));
  // The same bytes behind a right length: most inputs get past the first check.
  uint64_t length = size - size / 4;
  std::string framed(sizeof length, '\0');
  std::memcpy(framed.data(), &length, sizeof length);
  framed.append(reinterpret_cast<const char *>(data), size);
  check(std::as_bytes(std::span(framed)));
  return 0;
}

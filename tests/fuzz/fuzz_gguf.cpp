// Whatever the bytes: keys and tensors that lie inside them and share none, or a cria::Error; and
// of a file whose keys are good for it, a model, or a cria::Error.
#include "FuzzSupport.h"
#include "import/gguf/GgufModel.h"
#include "runtime/Mapping.h"
#include "runtime/gguf/Gguf.h"

using namespace cria;

static void check(const std::string &text) {
  auto file = std::as_bytes(std::span(text));
  fuzz::tolerate([&] {
    size_t total = 0;
    for (const auto &[name, tensor] : rt::readGguf(file, "fuzz").tensors) {
      total += tensor.bytes.size();
      if (!tensor.bytes.empty() &&
          (tensor.bytes.data() < file.data() || &tensor.bytes.back() > &file.back()))
        std::abort();
    }
    if (total > file.size())
      std::abort();
  });
  fuzz::MemoryFile memory(text);
  fuzz::tolerate([&] { import::importGguf(memory.path()); });
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const std::string good = [] {
    auto mapping = rt::Mapping::file(CRIA_TESTS "/fuzz/seeds/gguf/tiny.gguf");
    return std::string(mapping.as<char>(), mapping.size());
  }();
  FuzzedDataProvider data(bytes, size);
  check(fuzz::changed(good, data));
  check({reinterpret_cast<const char *>(bytes), size});
  return 0;
}

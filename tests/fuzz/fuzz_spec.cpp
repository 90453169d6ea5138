// Whatever a .spec says: specs without fault that are written, read and printed again, or a
// cria::Error. Whatever a compiler says: one line.
#include "FuzzSupport.h"
#include "cria/spec/params.hpp"
#include "cria/spec/serialise.hpp"
#include "spec/CompilerOutput.h"
#include "spec/Dsl.h"
#include "spec/Parse.h"
#include "spec/Presets.h"

using namespace cria::spec;

static std::string goodFile() {
  Spec spec{*preset("llama3.2-1b"), {}};
  spec.plan = {"x86_64-linux-gnu", "a\"b\\c", f32, bf16, "q8", "fast", "a,b", "c", 64, 32};
  return serialise(spec) + serialise({*preset("stories"), {}});
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const std::string good = goodFile();
  FuzzedDataProvider data(bytes, size);
  std::string text = fuzz::changed(good, data);
  if (firstError(text, "model", "shown").find('\n') != std::string::npos)
    std::abort();
  std::vector<Spec> specs;
  fuzz::tolerate([&] { specs = parseAll(text, "x.spec"); });
  for (const Spec &spec : specs) {
    // None of these may throw.
    if (parse(serialise(spec), "y.spec") != spec || parameters(spec.model).empty() ||
        to_dsl(spec).empty())
      std::abort();
  }
  return 0;
}

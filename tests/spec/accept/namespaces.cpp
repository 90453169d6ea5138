// RUN: %clang_spec %s
// RUN: %if gxx %{ %gcc_spec %s %}
// Models may stand in namespaces, named or not, several in a file and in functions of sizes.
#include <cria/spec.hpp>

namespace lab {
constexpr auto decoder(cria::spec::idx layers) {
  using namespace cria::spec;
  return chain(
      embed{.vocab = 256, .width = 64},
      repeat(layers,
          residual(rms_norm{}, attention{.heads = 4, .kv_heads = 2, .head_dim = 16}),
          residual(rms_norm{}, swiglu{.hidden = 192})),
      rms_norm{},
      unembed{.vocab = 256});
}
CRIA_MODEL(one, decoder(1));
namespace {
CRIA_MODEL(two, decoder(2));
}
static_assert(parameters(two) - parameters(one) ==
              parameters(one) - 2 * 256 * 64 - 64);
}

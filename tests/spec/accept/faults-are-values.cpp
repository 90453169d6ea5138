// RUN: %clang_spec %s
// RUN: %if gxx %{ %gcc_spec %s %}
// A fault is a value until a gate reports it, so that rules can be tested.
#include <cria/spec.hpp>
#include <string_view>
using namespace cria::spec;

constexpr auto wrong = model(embed{.vocab = 0, .width = 64}, unembed{});
static_assert(!wrong.result.ok());
static_assert(std::string_view(reason<wrong>.data(), reason<wrong>.size()) == "embed: vocab 0 is not positive");

constexpr flow stream = through(flow{}, embed{.vocab = 256, .width = 64});
static_assert(stream.ok() && stream.width == 64 && stream.vocab == 256);
static_assert(!through(stream, swiglu{}).ok());
static_assert(through(stream, swiglu{.hidden = 8}).total.parameters.value == 256 * 64 + 3 * 8 * 64);
static_assert(reason<wrong>.size() > 0 && !checked<wrong>);

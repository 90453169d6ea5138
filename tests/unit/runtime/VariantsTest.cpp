#include "runtime/Variants.h"
#include "TestSupport.h"
#include "runtime/Model.h"

using namespace cria::rt;

namespace {

/// A model with variants of these names and features.
struct Made {
  explicit Made(std::vector<std::pair<const char *, const char *>> list) {
    for (auto [cpu, features] : list) {
      codes.push_back(*model.variants);
      codes.back().cpu = cpu;
      codes.back().cpu_features = features;
    }
    model.variant_count = std::ssize(codes);
    model.variants = codes.data();
  }

  cria_model model = fake::descriptor();
  std::vector<cria_code> codes;
};

std::optional<bool> small(std::string_view name) {
  return name == "tuning" ? std::nullopt : std::optional(name == "a");
}
std::optional<bool> large(std::string_view name) {
  return name == "tuning" ? std::nullopt : std::optional(name != "z");
}

const Made three{{{"one", "+a"}, {"two", "+a,+b"}, {"three", "+a,+b,+z"}}};

std::string chosen(const Made &made, CpuProbe *has, const std::string &wanted = "") {
  return chooseVariant(made.model, wanted, has).cpu;
}

std::string refusal(const Made &made, CpuProbe *has, const std::string &wanted = "") {
  return test::errorOf([&] { chooseVariant(made.model, wanted, has); });
}

} // namespace

TEST_CASE("of the variants that run, the one that uses most of the CPU is chosen") {
  CHECK(chosen(three, small) == "one");
  CHECK(chosen(three, large) == "two");
  Made backwards{{{"two", "+a,+b"}, {"one", "+a"}}};
  CHECK(chosen(backwards, large) == "two");
  // What cannot be asked for decides nothing, and of equals the last is chosen.
  Made equals{{{"first", "+a,+tuning"}, {"second", "+a"}}};
  CHECK(chosen(equals, large) == "second");
}

TEST_CASE("a variant can be named, if it is there and runs") {
  CHECK(chosen(three, large, "one") == "one");
  CHECK(refusal(three, small, "three") == "variant three: this CPU lacks b, z");
  CHECK(refusal(three, large, "four") ==
        "variant \"four\" is not in this program, which was compiled for one, two, three");
  setenv("CRIA_VARIANT", "one", 1);
  CHECK(chosen(three, large) == "one");
  CHECK(chosen(three, large, "two") == "two");
  setenv("CRIA_VARIANT", "", 1);
  CHECK(chosen(three, large) == "two");
  unsetenv("CRIA_VARIANT");
}

TEST_CASE("a model for other CPUs is refused with what the least demanding code lacks") {
  Made one{{{"chimera", "+a,+b,+z"}}};
  CHECK(refusal(one, small) == "this program was compiled for chimera, this CPU lacks b, z; "
                               "recompile with criac --cpu=native");
  Made two{{{"far", "+b,+z"}, {"near", "+a,+z"}}};
  CHECK(refusal(two, small) == "this program was compiled for far, near, and for near this CPU "
                               "lacks z; recompile with criac --cpu=native");
}

TEST_CASE("a model says what it was compiled for, and which code runs here") {
  Made two{{{"any", ""}, {"chimera", "+amx-tile,+fma4,+sve,+v"}}};
#if defined(__x86_64__)
  CHECK(listVariants(two.model) == "any, chimera (here any)");
#endif
  CHECK(listVariants(fake::descriptor()) == "generic");
  two.model.has_random_seed = 1;
  CHECK(Model(two.model, "").code().cpu == std::string("any"));
}

#include "spec/SpecSource.h"
#include "TestSupport.h"
#include "cria/spec/serialise.hpp"
#include "spec/Presets.h"
#include <cstdlib>

using namespace cria::spec;

namespace {

/// Sets $CXX during its lifetime.
struct Compiler {
  explicit Compiler(const char *name) { setenv("CXX", name, 1); }
  ~Compiler() { unsetenv("CXX"); }
};

constexpr char stories[] = R"(
#include <cria/spec/presets/stories.hpp>
using namespace cria::spec;
CRIA_MODEL(mine, presets::stories.blocks);
CRIA_PLAN(mine, .cache = bf16, .max_seq = 64);
)";

std::string refusal(const std::string &text, const char *name = "m.cpp") {
  test::File file(name, text);
  std::string message = test::errorOf([&] { loadSpecSource(file.path, test::include); });
  std::size_t at = message.find(file.path.native());
  REQUIRE(at == 0);
  return message.substr(file.path.parent_path().native().size() + 1);
}

int temporaryFolders() {
  int count = 0;
  for (const auto &entry :
       std::filesystem::directory_iterator(std::filesystem::temp_directory_path()))
    count += entry.path().filename().native().rfind("cria-", 0) == 0;
  return count;
}

} // namespace

TEST_CASE("a .cpp yields the model that it defines, with its plan") {
  test::File file("a \"b.cpp", stories);
  Spec expected{*preset("stories"), {}};
  expected.model.name = "mine";
  expected.plan.cache = bf16;
  expected.plan.max_seq = 64;
  SECTION("with the usual compiler") {
    CHECK(loadSpecSource(file.path, test::include) == expected);
  }
  SECTION("with $CXX and flags in it") {
    Compiler gcc("g++-12 -w");
    CHECK(loadSpecSource(file.path, test::include) == expected);
  }
}

TEST_CASE("a .cpp may include files beside it") {
  test::File file("m.cpp", "#include \"blocks/mine.hpp\"\n");
  std::filesystem::create_directory(file.path.parent_path() / "blocks");
  std::ofstream(file.path.parent_path() / "blocks/mine.hpp") << stories;
  CHECK(test::errorOf([&] { loadSpecSource(file.path, test::include); }).find("defines 0 models") !=
        std::string::npos);
}

TEST_CASE("custom blocks expand to their bodies") {
  Model model =
      loadSpecSource(CRIA_SOURCE_DIR "/examples/custom-block/sandwich.cpp", test::include).model;
  const auto &layers = std::get<Repeat>(model.nodes[1]);
  REQUIRE(layers.body.size() == 2);
  const auto &second = std::get<Residual>(layers.body[1]);
  CHECK(second == Residual{{RmsNorm{1e-5, "model.layers.{}.post_attention_layernorm"},
                            SwiGlu{192, false, "model.layers.{}.mlp"},
                            RmsNorm{1e-5, "model.layers.{}.post_attention_layernorm_2"}}});
}

TEST_CASE("a .spec is parsed") {
  Spec spec{*preset("llama3.2-1b"), {}};
  test::File file("m.spec", serialise(spec));
  CHECK(loadSpecSource(file.path, test::include) == spec);
}

TEST_CASE("files that do not compile are refused with the compiler's first error") {
  CHECK(refusal("int x = y;").rfind("m.cpp:1:9: ", 0) == 0);
  CHECK(refusal("#include <cria/spec.hpp>\nCRIA_MODEL(tiny, cria::spec::rms_norm{});") ==
        "m.cpp:2:1: rms_norm: its input is tokens: embed must come first");
}

TEST_CASE("a file must define one model") {
  CHECK(refusal("") == "m.cpp: defines 0 models, but must define exactly one with CRIA_MODEL");
  CHECK(refusal("#include <cria/spec/presets/stories.hpp>") ==
        "m.cpp: defines 0 models, but must define exactly one with CRIA_MODEL");
  CHECK(refusal(std::string(stories) + "CRIA_MODEL(yours, presets::stories.blocks);") ==
        "m.cpp: defines 2 models (mine, yours), but must define exactly one with CRIA_MODEL");
}

TEST_CASE("a program that fails is refused") {
  CHECK(refusal("#include <cstdlib>\nint x = (std::exit(3), 0);") ==
        "m.cpp: compiled, but failed to write its model when run (exit code 3)");
}

TEST_CASE("missing files and compilers are refused") {
  CHECK(test::errorOf([] { loadSpecSource("none.cpp", test::include); }) ==
        "none.cpp: no such file");
  CHECK(test::errorOf([] { loadSpecSource("/", test::include); }) == "/: no such file");
  Compiler none("no-such-compiler");
  CHECK(refusal(stories) ==
        "m.cpp: no C++ compiler was found ($CXX, clang++-22, clang++, c++ or g++)");
}

TEST_CASE("without a temporary folder nothing is compiled") {
  test::File file("m.cpp", stories);
  const char *before = std::getenv("TMPDIR");
  std::string folder = before ? before : "";
  setenv("TMPDIR", "/no/such/folder", 1);
  std::string message = test::errorOf([&] { loadSpecSource(file.path, test::include); });
  before ? setenv("TMPDIR", folder.c_str(), 1) : unsetenv("TMPDIR");
  CHECK(message.rfind("$TMPDIR: is not a writable folder: ", 0) == 0);
}

TEST_CASE("temporary files are removed") {
  int before = temporaryFolders();
  test::File good("m.cpp", stories), bad("m.cpp", "x");
  loadSpecSource(good.path, test::include);
  test::errorOf([&] { loadSpecSource(bad.path, test::include); });
  CHECK(temporaryFolders() == before);
}

TEST_CASE("specs are recognised by their extension") {
  CHECK(isSpecSource("a/b.cpp"));
  CHECK(isSpecSource("b.spec"));
  CHECK(!isSpecSource("llama3.2-1b"));
  CHECK(!isSpecSource("folder"));
}

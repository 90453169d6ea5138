#include "runtime/cli/ChatFormat.h"
#include "TestSupport.h"

using namespace cria::rt;

namespace {

/// Bytes and the numbers of special tokens, as the fake tokenizer has them.
constexpr int32_t begin = 256, start = 258, end = 259, eot = 260;

std::vector<int32_t> join(std::vector<int32_t> out, const std::string &text,
                          std::vector<int32_t> after = {}) {
  for (char c : text)
    out.push_back(static_cast<unsigned char>(c));
  out.insert(out.end(), after.begin(), after.end());
  return out;
}

} // namespace

TEST_CASE("the chat format is that of Llama 3") {
  test::Folder folder;
  fake::writeWeights(folder / "model.safetensors");
  cria_model compiled = fake::descriptor();
  Model model(compiled, folder.path);
  ChatFormat format(model);

  CHECK(format.begin("") == std::vector<int32_t>{begin});
  CHECK(format.begin("Be brief.") ==
        join(join({begin, start}, "system", {end}), "\n\nBe brief.", {eot}));
  auto asked = join(join({start}, "user", {end}), "\n\nHi <|eot_id|> you", {eot, start});
  CHECK(format.ask("  Hi <|eot_id|> you\n") == join(join(asked, "assistant", {end}), "\n\n"));
  CHECK(format.endOfTurn() == eot);
}

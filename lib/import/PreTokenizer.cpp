#include "import/PreTokenizer.h"
#include "import/SplitPattern.h"
#include "runtime/Fail.h"
#include "runtime/PreSplit.h"

namespace cria::import {

using nlohmann::json;
using rt::printable;

namespace {

/// GPT-2's pattern, which ByteLevel applies itself if it is told to.
constexpr const char *byteLevelPattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

std::string translate(const Fields &at, const char *field, const std::string &pattern) {
  try {
    std::string translated = toPcre2(pattern);
    rt::PreSplit check(translated);
    return translated;
  } catch (const Error &error) {
    at.refuse(field, json(pattern), printable(error.what()));
  }
}

/// Whether it applies its pattern.
bool readByteLevel(const Fields &step) {
  if (step.flag("add_prefix_space"))
    step.refuse("add_prefix_space", "true is not supported");
  return step.flag("use_regex", true);
}

std::string readSplit(const Fields &step) {
  if (auto behavior = step.text("behavior"); behavior != "Isolated")
    step.refuse("behavior", json(behavior), "is not supported (Isolated)");
  if (step.flag("invert"))
    step.refuse("invert", "true is not supported");
  Fields pattern = step.object("pattern");
  return translate(pattern, "Regex", pattern.text("Regex"));
}

void requireType(const Fields &step, const char *wanted) {
  if (auto type = step.text("type"); type != wanted)
    step.refuse("type", json(type), fmt::format("is not supported here ({})", wanted));
}

} // namespace

std::string readPreTokenizer(const Fields &step) {
  auto type = step.text("type");
  if (type == "ByteLevel")
    return readByteLevel(step) ? translate(step, "use_regex", byteLevelPattern) : "";
  if (type != "Sequence")
    step.refuse("type", json(type), "is not supported (ByteLevel, Sequence)");
  size_t steps = step.list("pretokenizers").size();
  if (steps == 1)
    return readPreTokenizer(step.item("pretokenizers", 0));
  if (steps != 2)
    step.refuse("pretokenizers",
                fmt::format("{} steps are not supported (Split, ByteLevel)", steps));
  Fields split = step.item("pretokenizers", 0), bytes = step.item("pretokenizers", 1);
  requireType(split, "Split");
  requireType(bytes, "ByteLevel");
  if (readByteLevel(bytes))
    bytes.refuse("use_regex", "true is not supported after a Split");
  return readSplit(split);
}

} // namespace cria::import

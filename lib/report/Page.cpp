//===- Page.cpp - Data as one file of HTML --------------------------------===//
#include "report/Page.h"
#include "report/RelativeNames.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Parallel.h"

using llvm::StringRef;

namespace cria::report {
namespace {

#include "Page.inc"

/// Of zlib. Its default, 6, makes pages a fifth smaller in three times the time.
constexpr int level = 3;

template <std::size_t N>
StringRef textOf(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char *>(bytes), N};
}

/// JSON in which nothing can end or begin an element: < occurs in strings alone.
std::string escaped(StringRef json) { return llvm::join(llvm::split(json, "<"), "\\u003c"); }

std::string dataBlocks(StringRef json, const std::deque<Text> &texts) {
  std::string blocks =
      "<script type=\"application/json\" id=\"report\">" + escaped(json) + "</script>\n";
  for (std::size_t i = 0; i < texts.size(); ++i)
    blocks += "<script type=\"application/octet-stream\" id=\"text-" + std::to_string(i) + "\">" +
              texts[i].packed + "</script>\n";
  return blocks;
}

} // namespace

/// To base64 of zlib of UTF-8.
void pack(Text &text) {
  std::string content = text.kind == "mlir" ? relativeNames(text.content) : text.content;
  llvm::SmallVector<std::uint8_t, 0> small;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(content), small, level);
  text.packed = llvm::encodeBase64(small);
}

std::string toPage(StringRef json, std::deque<Text> texts) {
  llvm::parallelForEach(texts, [](Text &text) {
    if (text.packed.empty())
      pack(text);
  });
  auto [beforeStyle, afterStyle] = textOf(html).split("<!--style-->");
  auto [beforeData, afterData] = afterStyle.split("<!--data-->");
  auto [beforeScript, afterScript] = afterData.split("<!--script-->");
  return (beforeStyle + "<style>\n" + textOf(css) + "</style>" + beforeData).str() +
         dataBlocks(json, texts) +
         (beforeScript + "<script>\n" + textOf(script) + "</script>" + afterScript).str();
}

} // namespace cria::report

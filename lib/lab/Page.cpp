//===- Page.cpp - The lab as one file of HTML -----------------------------===//
#include "lab/Page.h"
#include "report/Page.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Parallel.h"

using llvm::StringRef;

namespace cria::lab {
namespace {

#include "Page.inc"

template <std::size_t N>
StringRef textOf(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char *>(bytes), N};
}

} // namespace

std::string toPage(std::vector<Block> blocks) {
  std::vector<report::Text> texts;
  for (Block &block : blocks)
    texts.push_back({block.relative ? "mlir" : "", std::move(block.content)});
  llvm::parallelForEach(texts, [](report::Text &text) { report::pack(text); });
  std::string data;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    data += "<script type=\"application/octet-stream\" id=\"" + blocks[i].id + "\">" +
            texts[i].packed + "</script>\n";
  auto [beforeStyle, afterStyle] = textOf(html).split("<!--style-->");
  auto [beforeData, afterData] = afterStyle.split("<!--data-->");
  auto [beforeScript, afterScript] = afterData.split("<!--script-->");
  return (beforeStyle + "<style>\n" + textOf(css) + "</style>" + beforeData).str() + data +
         (beforeScript + "<script>\n" + textOf(script) + "</script>" + afterScript).str();
}

std::string definitions() {
  llvm::json::Object all;
  for (const auto &[name, text] : sources)
    all[name] = text;
  std::string json;
  llvm::raw_string_ostream(json) << llvm::json::Value(std::move(all));
  return json;
}

} // namespace cria::lab

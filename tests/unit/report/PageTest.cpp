//===- PageTest.cpp - Data as one file of HTML ----------------------------===//
#include "report/Page.h"
#include "catch2/catch.hpp"
#include "report/RelativeNames.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/Compression.h"

using namespace cria::report;
using llvm::StringRef;

namespace {

/// What the block of a text in `page` unpacks to.
std::string unpacked(StringRef page, const std::string &id, std::size_t size) {
  StringRef block = page.split("id=\"" + id + "\">").second.split("</script>").first;
  std::vector<char> bytes;
  REQUIRE_FALSE(bool(llvm::decodeBase64(block, bytes)));
  llvm::ArrayRef<std::uint8_t> packed(reinterpret_cast<std::uint8_t *>(bytes.data()), bytes.size());
  llvm::SmallVector<std::uint8_t> text;
  REQUIRE_FALSE(bool(llvm::compression::zlib::decompress(packed, text, size)));
  return {text.begin(), text.end()};
}

} // namespace

TEST_CASE("a page has its parts, its data and its texts, and asks for nothing else") {
  std::deque<Text> texts{{"mlir", "%0 = a\n%1 = b %0\n"}, {"asm", "movl %1, \xc3\xa9</script>\n"}};
  std::string page = toPage("{\"version\":1}", texts);
  CHECK(StringRef(page).starts_with("<!doctype html>"));
  CHECK(StringRef(page).contains(
      "<script type=\"application/json\" id=\"report\">{\"version\":1}</script>"));
  for (const char *never : {"<!--style-->", "<!--data-->", "<!--script-->", "\nimport ",
                            "\nexport ", "src=", "href=\"http", "@import"})
    CHECK_FALSE(StringRef(page).contains(never));
  CHECK(restoreNames(unpacked(page, "text-0", 100)) == texts[0].content);
  CHECK(unpacked(page, "text-1", 100) == texts[1].content);
}

TEST_CASE("data cannot end its element") {
  std::string page = toPage("{\"name\":\"</script><img src=x onerror=alert(1)><!--\"}", {});
  StringRef data = StringRef(page).split("id=\"report\">").second.split("</script>").first;
  CHECK(data == "{\"name\":\"\\u003c/script>\\u003cimg src=x onerror=alert(1)>\\u003c!--\"}");
}

TEST_CASE("a text is kept once, and JSON is valid whatever the names") {
  Report report;
  CHECK(report.addText("mlir", "a") == 0);
  CHECK(report.addText("mlir", "b") == 1);
  CHECK(report.addText("mlir", "a") == 0);
  report.model = "\"</script>\xff\n";
  auto parsed = llvm::json::parse(toJson(report, /*withTexts=*/true));
  REQUIRE(bool(parsed));
  CHECK(parsed->getAsObject()->getObject("model")->getString("name") ==
        "\"</script>\xef\xbf\xbd\n");
  CHECK(parsed->getAsObject()->getArray("texts")->size() == 2);
}

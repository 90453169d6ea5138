#include "runtime/Safetensors.h"
#include "TestSupport.h"
#include <cstring>
#include <ctime>

using namespace cria::rt;
using fake::safetensors;

static TensorMap read(const std::string &file) {
  return readSafetensors(std::as_bytes(std::span(file)), "f");
}

static std::string refusal(const std::string &header, size_t dataBytes) {
  return test::errorOf([&] { read(safetensors(header, std::string(dataBytes, 'x'))); });
}

TEST_CASE("a safetensors file gives its tensors") {
  std::string file = safetensors(
      R"({"__metadata__":{"format":"pt"},"a":{"dtype":"BF16","shape":[2,1],"data_offsets":[4,8]},)"
      R"("b":{"dtype":"F32","shape":[],"data_offsets":[0,4]},)"
      R"("odd":{"dtype":"F4X","shape":[3],"data_offsets":[8,9]},)"
      R"("none":{"dtype":"F32","shape":[0,7],"data_offsets":[5,5]}}   )",
      "0123abcdZ");
  auto tensors = read(file);
  REQUIRE(tensors.size() == 4);
  const Tensor &a = tensors.at("a");
  CHECK(a.dtype == "BF16");
  CHECK(a.shape == std::vector<int64_t>{2, 1});
  CHECK(std::memcmp(a.bytes.data(), "abcd", 4) == 0);
  CHECK(a.bytes.size() == 4);
  CHECK(tensors.at("b").shape.empty());
  CHECK(tensors.at("b").bytes.size() == 4);
  CHECK(tensors.at("odd").bytes.size() == 1);
  CHECK(tensors.at("none").bytes.empty());
}

TEST_CASE("a safetensors file that is cut or not one is refused") {
  auto refuse = [](const std::string &bytes) { return test::errorOf([&] { read(bytes); }); };
  CHECK(refuse("") == "f: 0 bytes are no safetensors file");
  CHECK(refuse("1234567") == "f: 7 bytes are no safetensors file");
  CHECK(refuse(std::string(16, '\xff')) ==
        "f: header length: 18446744073709551615 passes the end of the file, 16 bytes");
  std::string huge(8, '\0');
  huge[3] = 2; // 32 MiB
  CHECK(refuse(huge + std::string(33 << 20, ' ')) ==
        "f: header length: 33554432 is more than 16777216");
  CHECK(refuse(safetensors("{\"a\":", "")) == "f: not valid JSON at byte 6");
  CHECK(refuse(safetensors("[]", "")) == "f: the header is not a JSON object");
  CHECK(refuse(safetensors("", "")) == "f: not valid JSON at byte 1");
  CHECK(refuse(safetensors("{\"\xff\":1}", "")) == "f: not valid JSON at byte 3");
  CHECK(refuse(safetensors("{\"a\":1e999}", "")) == "f: not valid JSON at byte 10");
  CHECK(refuse(safetensors(std::string(100000, '['), "")) ==
        "f: JSON is nested deeper than 3 levels");
}

TEST_CASE("a tensor that lies about itself is refused") {
  auto entry = [](const std::string &dtype, const std::string &shape, const std::string &offsets) {
    return R"({"t":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" +
           offsets + "}}";
  };
  CHECK(refusal(entry("F32", "[2]", "[0,8]"), 8).empty());
  CHECK(refusal(entry("F32", "[2]", "[0,8]"), 7) ==
        "f: tensor t: data_offsets: [0, 8] passes the end of the data, 7 bytes: the file is cut "
        "short or damaged");
  CHECK(refusal(entry("F32", "[2]", "[8,0]"), 8) ==
        "f: tensor t: data_offsets: [8, 0] is not [begin, end]");
  CHECK(refusal(entry("F32", "[2]", "[0]"), 8) ==
        "f: tensor t: data_offsets: [0] is not [begin, end]");
  CHECK(refusal(entry("F32", "[3]", "[0,8]"), 8) ==
        "f: tensor t: shape: [3] of F32 does not take the 8 bytes of data_offsets");
  CHECK(refusal(entry("F32", "[4611686018427387904,4]", "[0,0]"), 8) ==
        "f: tensor t: shape: [4611686018427387904, 4] of F32 does not take the 0 bytes of "
        "data_offsets");
  CHECK(refusal(entry("F32", "[4611686018427387904]", "[0,0]"), 0).find("does not take") !=
        std::string::npos);
  CHECK(refusal(entry("F32", "[-1]", "[0,8]"), 8) ==
        "f: tensor t: shape: [-1] is not a list of sizes");
  CHECK(refusal(entry("F32", "2", "[0,8]"), 8) == "f: tensor t: shape: 2 is not a list of sizes");
  CHECK(refusal(entry("F32", "[2.0]", "[0,8]"), 8) ==
        "f: tensor t: shape: [2.0] is not a list of sizes");
  CHECK(refusal(R"({"t":3})", 0) == "f: tensor t: not a JSON object");
  CHECK(refusal(R"({"t":{"shape":[],"data_offsets":[0,0]}})", 0) ==
        "f: tensor t: dtype is missing");
  CHECK(refusal(R"({"t":{"dtype":4,"shape":[],"data_offsets":[0,0]}})", 0) ==
        "f: tensor t: dtype: 4 is not a string");
}

TEST_CASE("tensors that share bytes or a name are refused") {
  CHECK(refusal(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},)"
                R"("b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}})",
                8) == "f: tensors a and b overlap");
  CHECK(refusal(R"({"a\n":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                R"("a\n":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
                8) == "f: key \"a?\" is given twice");
}

TEST_CASE("a header of very many tensors takes no more than its share of time") {
  std::string header = "{";
  for (int i = 0; i < 200'000; ++i)
    header += (i ? ",\"t" : "\"t") + std::to_string(i) +
              R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  std::clock_t start = std::clock();
  CHECK(read(safetensors(header + "}", "")).size() == 200'000);
  // It is a second or two; a quadratic way took minutes.
  CHECK((std::clock() - start) / CLOCKS_PER_SEC < 40); // of the processor, however busy it is
}

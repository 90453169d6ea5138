#include "TestSupport.h"
#include "import/quantized/Scheme.h"
#include <cmath>

using namespace cria;
using import::Codes;
using import::Fields;
using import::QuantizedMatrix;
using import::Scheme;
using nlohmann::json;

namespace {

constexpr std::uint32_t word[] = {0x76543210};

Codes packed() {
  return {.data = std::as_bytes(std::span(word)).data(),
          .kind = Codes::Kind::packed,
          .columns = 1,
          .bits = 4};
}

std::string nearest(const json &config) {
  return std::string(Scheme(Fields(config, "config.json", "quantization_config")).nearest());
}

} // namespace

TEST_CASE("codes of a word are neighbours of a row, of a column, or of every other column") {
  Codes along = packed(), down = packed(), interleaved = packed();
  down.down = interleaved.interleaved = true;
  constexpr float order[] = {0, 4, 1, 5, 2, 6, 3, 7};
  for (std::int64_t i = 0; i < 8; ++i) {
    CHECK(along.at(0, i) == float(i));
    CHECK(down.at(i, 0) == float(i));
    CHECK(interleaved.at(0, i) == order[i]);
  }
}

TEST_CASE("floats of 8 bits") {
  const std::uint8_t bytes[] = {0x38, 0x7e, 0x01, 0x80, 0xc4, 0x7f};
  Codes codes{
      .data = std::as_bytes(std::span(bytes)).data(), .kind = Codes::Kind::e4m3, .columns = 6};
  CHECK(codes.at(0, 0) == 1);
  CHECK(codes.at(0, 1) == 448);
  CHECK(codes.at(0, 2) == 0x1p-9f);
  CHECK(codes.at(0, 3) == 0);
  CHECK(codes.at(0, 4) == -3);
  CHECK(std::isnan(codes.at(0, 5)));
}

TEST_CASE("runs that share a scale tell it") {
  std::vector<std::int8_t> bytes(128, 5);
  QuantizedMatrix matrix{.rows = 1, .columns = 128};
  matrix.codes = {.data = std::as_bytes(std::span(bytes)).data(), .columns = 128};
  matrix.scales = {2, 3};
  matrix.scaleColumns = 2;
  matrix.columnsEach = 64;
  matrix.zero = 1;
  std::vector<float> values(128), steps(4);
  matrix.read(0, values, steps);
  CHECK(steps == std::vector<float>{2, 2, 3, 3});
  CHECK(values[63] == 8);
  CHECK(values[64] == 12);
  matrix.groups.assign(128, 0);
  matrix.groups[40] = 1;
  matrix.read(0, values, steps);
  CHECK(steps == std::vector<float>{2, 0, 2, 2});
}

TEST_CASE("the storage that holds the codes of a scheme") {
  CHECK(nearest({{"quant_method", "fp8"}}) == "f16");
  CHECK(nearest({{"quant_method", "gptq"}, {"bits", 4}}) == "q4_0");
  CHECK(nearest({{"quant_method", "gptq"}, {"bits", 4}, {"sym", false}}) == "q8_0");
  CHECK(nearest({{"quant_method", "awq"}, {"version", "GEMM"}}) == "q8_0");
  CHECK(nearest({{"quant_method", "compressed-tensors"}}) == "q8_0");
  CHECK(nearest({{"quant_method", "compressed-tensors"}, {"config_groups", 3}}) == "q8_0");
  CHECK(test::errorOf([] { nearest({{"quant_method", "quanto"}}); })
            .starts_with("config.json: quantization_config.quant_method: \"quanto\" is not "
                         "supported (awq, "));
}

//===- VerifyTest.cpp - Answers that are off are seen ---------------------===//
#include "driver/Verify.h"
#include "fake/FakeModel.h"
#include <catch2/catch.hpp>
#include <unistd.h>

using namespace cria;
using Catch::Detail::Approx;

namespace {

/// A model whose logits are what its code says, in a folder of its own.
class Fixture {
public:
  Fixture() {
    REQUIRE(mkdtemp(folder.data()));
    fake::writeWeights(std::filesystem::path(folder) / "model.safetensors");
    model = std::make_shared<const rt::Model>(descriptor, folder);
  }
  ~Fixture() { std::filesystem::remove_all(folder); }

  driver::Expected expected() const { return driver::byDecoding(model); }
  driver::Verified compare(const driver::Expected &expected) const {
    return driver::compare(model, expected);
  }

private:
  std::string folder = std::filesystem::temp_directory_path() / "verify-test-XXXXXX";
  cria_model descriptor = fake::descriptor();
  std::shared_ptr<const rt::Model> model;
};

} // namespace

TEST_CASE("a model agrees with itself, in chunks and one token at a time") {
  Fixture fixture;
  driver::Expected expected = fixture.expected();
  driver::Verified result = fixture.compare(expected);
  CHECK(result.tokens == std::int64_t(expected.tokens.size()));
  CHECK(result.tokens > fake::chunk);
  CHECK(result.greatest() == 0);
  CHECK(result.passed());
}

TEST_CASE("one logit that is off is a fraction of the greatest") {
  Fixture fixture;
  driver::Expected expected = fixture.expected();
  double greatest = 0;
  for (const auto &row : expected.logits)
    for (double logit : row)
      greatest = std::max(greatest, std::abs(logit));
  expected.logits[3][5] += expected.logits[3][5] > 0 ? -0.1 * greatest : 0.1 * greatest;
  driver::Verified result = fixture.compare(expected);
  CHECK(result.prefill == Approx(0.1));
  CHECK(result.decode == Approx(0.1));
  CHECK_FALSE(result.passed());
}

TEST_CASE("what is not a number does not pass") {
  Fixture fixture;
  driver::Expected expected = fixture.expected();
  expected.logits[1][0] = std::numeric_limits<double>::quiet_NaN();
  driver::Verified result = fixture.compare(expected);
  CHECK(std::isinf(result.greatest()));
  CHECK_FALSE(result.passed());
}

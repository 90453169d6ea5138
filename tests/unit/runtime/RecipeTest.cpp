#include "runtime/Recipe.h"
#include "cria/runtime/abi.h"
#include "storage/Packed.h"
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

using namespace cria;
using namespace cria::rt;

namespace {

/// Numbers 0, 1, … in a tensor of F32 or F64.
template <class T>
struct Counted {
  std::vector<T> values;
  Tensor tensor;

  explicit Counted(std::vector<int64_t> shape) {
    size_t count = 1;
    for (int64_t size : shape)
      count *= size_t(size);
    for (size_t i = 0; i < count; ++i)
      values.push_back(T(i));
    tensor = {sizeof(T) == 8 ? "F64" : "F32", std::move(shape), std::as_bytes(std::span(values))};
  }
};

struct Result {
  std::vector<std::byte> bytes;
  double loss;

  std::vector<float> floats() const {
    std::vector<float> all(bytes.size() / sizeof(float));
    std::memcpy(all.data(), bytes.data(), bytes.size());
    return all;
  }
};

Result follow(const Recipe &recipe, const Tensor &tensor) {
  Result result;
  result.loss = recipe.follow(TensorRows(tensor), [&](std::span<const std::byte> some) {
    result.bytes.insert(result.bytes.end(), some.begin(), some.end());
  });
  return result;
}

const storage::Storage &f32() { return storage::storageOf(CRIA_F32); }
const storage::Storage &q8_0() { return storage::storageOf(CRIA_Q8_0); }

} // namespace

TEST_CASE("bytes stay where nothing has to be done") {
  Counted<float> all({3, 4});
  Recipe recipe{{3, 4}, &f32()};
  CHECK(recipe.keepsBytes(TensorRows(all.tensor)));
  CHECK(follow(recipe, all.tensor).floats() == all.values);
  recipe.heads = 1;
  CHECK_FALSE(recipe.keepsBytes(TensorRows(all.tensor)));
}

TEST_CASE("doubles are rounded row by row") {
  Counted<double> all({3, 4});
  Result result = follow({{3, 4}, &f32()}, all.tensor);
  CHECK(result.floats() == std::vector<float>(all.values.begin(), all.values.end()));
  CHECK(result.loss == 0);
}

TEST_CASE("halves of heads become neighbours, of matrices and of vectors") {
  Counted<float> matrix({8, 1}), vector({8});
  std::vector<float> wanted{0, 2, 1, 3, 4, 6, 5, 7}; // two heads of four rows
  CHECK(follow({{8, 1}, &f32(), false, 2}, matrix.tensor).floats() == wanted);
  CHECK(follow({{8}, &f32(), false, 2}, vector.tensor).floats() == wanted);
}

TEST_CASE("rounding to blocks tells what is lost, and packing moves bytes alone") {
  Counted<float> all({8, 64});
  Result plain = follow({{8, 64}, &q8_0()}, all.tensor);
  CHECK(plain.loss > 0);
  CHECK(plain.loss < 0.01);
  Tensor blocks{"Q8_0", {8, 64}, plain.bytes};
  Recipe packing{{8, 64}, &q8_0(), true};
  Result packed = follow(packing, blocks);
  CHECK(packed.loss == 0);
  std::vector<float> row(64), same(64);
  for (int64_t i = 0; i < 8; ++i) {
    storage::decodePackedRow(q8_0(), packed.bytes.data(), i, row);
    q8_0().codec.decode(&plain.bytes[size_t(i * q8_0().bytesOf(64))], same);
    CHECK(row == same);
  }
  CHECK(packing.keepsBytes(TensorRows({dtypeOf(q8_0(), true), {8, 64}, packed.bytes})));
  CHECK(follow(packing, all.tensor).bytes == packed.bytes);
}

TEST_CASE("values that a storage cannot hold are told") {
  Counted<float> all({2, 32});
  all.values[40] = std::numeric_limits<float>::infinity();
  CHECK_FALSE(std::isfinite(follow({{2, 32}, &q8_0()}, all.tensor).loss));
  Counted<double> wide({2, 2});
  wide.values[3] = 1e300;
  CHECK_FALSE(std::isfinite(follow({{2, 2}, &f32()}, wide.tensor).loss));
}

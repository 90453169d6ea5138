#include "storage/Storage.h"
#include "catch2/catch.hpp"
#include "storage/Packed.h"
#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace cria::storage;

namespace {

/// A file that the gguf package made; tests/goldens/storage_goldens.py says how.
std::vector<std::byte> golden(const std::string &name) {
  std::ifstream file(CRIA_SOURCE_DIR "/tests/goldens/storage/" + name, std::ios::binary);
  std::vector<char> text((std::istreambuf_iterator<char>(file)), {});
  std::vector<std::byte> bytes(text.size());
  REQUIRE(!bytes.empty());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

std::vector<float> floats(const std::vector<std::byte> &bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

} // namespace

TEST_CASE("the index of a storage is its id, and names are its own") {
  for (std::size_t i = 0; i < storages().size(); ++i) {
    const Storage &storage = storages()[i];
    CHECK(storage.id == std::int64_t(i));
    CHECK(findGguf(storage.gguf) == &storage);
    if (!storage.safetensors.empty())
      CHECK(findSafetensors(storage.safetensors) == &storage);
  }
  CHECK(findSafetensors("") == nullptr);
  CHECK(findGguf(-1) == nullptr);
}

TEST_CASE("blocks are read as the gguf package reads them, to the bit") {
  for (const Storage &storage : storages()) {
    if (!storage.isBlock())
      continue;
    INFO(storage.word);
    std::string word(storage.word);
    std::vector<std::byte> blocks = golden(word + ".blocks");
    std::vector<float> expected = floats(golden(word + ".values")), found(expected.size());
    REQUIRE(!blocks.empty());
    REQUIRE(std::int64_t(blocks.size()) == storage.bytesOf(std::int64_t(expected.size())));
    storage.codec.decode(blocks.data(), found);
    bool same = true;
    for (std::size_t i = 0; i < found.size(); ++i)
      same &= found[i] == expected[i]; // zeros may differ in sign
    CHECK(same);
  }
}

TEST_CASE("integers times a step are stored as they are, where a block has them") {
  for (const Storage &storage : storages()) {
    if (!storage.codec.encodeMultiples)
      continue;
    INFO(storage.word);
    int least = storage.bytes == 34 ? -128 : -8;
    std::vector<float> values(static_cast<std::size_t>(storage.elements)), found(values.size());
    auto kept = [&](float step) {
      std::vector<std::byte> block(static_cast<std::size_t>(storage.bytes));
      storage.codec.encodeMultiples(values.data(), step, block.data());
      storage.codec.decode(block.data(), found);
      return found == values;
    };
    for (float step : {0.375f, -0.001953125f}) {
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = step * float(int(i) % -least + (i % 3 == 0 ? least : 0));
      CHECK(kept(step));
    }
    CHECK(!kept(0.3f));
    values[5] = 0.375f * float(-least);
    CHECK(!kept(0.375f));
    values[5] = 0.1f;
    CHECK(!kept(0.375f));
    CHECK(!kept(0));
  }
}

TEST_CASE("blocks are made as the gguf package and llama.cpp make them, to the bit") {
  for (const Storage &storage : storages()) {
    if (!storage.isBlock())
      continue;
    INFO(storage.word);
    std::vector<std::byte> expected = golden(std::string(storage.word) + ".encoded");
    REQUIRE(storage.codec.encode);
    bool large = storage.elements == 256;
    std::vector<float> numbers = floats(golden(large ? "k_numbers.f32" : "numbers.f32"));
    REQUIRE(storage.bytesOf(std::int64_t(numbers.size())) == std::int64_t(expected.size()));
    std::vector<std::byte> found(expected.size());
    storage.codec.encode(numbers, found.data());
    CHECK(found == expected);
  }
}

TEST_CASE("packed rows have the bytes of all rows, and their values") {
  for (const Storage &storage : storages()) {
    if (!storage.isBlock())
      continue;
    INFO(storage.word);
    std::vector<std::byte> rows = golden(std::string(storage.word) + ".blocks");
    std::vector<float> values = floats(golden(std::string(storage.word) + ".values"));
    std::int64_t width =
        std::int64_t(values.size()) / packedRows / storage.elements * storage.elements;
    REQUIRE(width > storage.elements);
    rows.resize(std::size_t(storage.bytesOf(packedRows * width)));
    std::vector<std::byte> packed(rows.size());
    packRows(storage, width, rows, packed.data());
    CHECK(packed != rows);
    std::vector<float> found(static_cast<std::size_t>(width));
    for (std::int64_t row = 0; row < packedRows; ++row) {
      decodePackedRow(storage, packed.data(), row, found);
      CHECK(std::equal(found.begin(), found.end(), values.begin() + row * width));
    }
    std::ranges::sort(rows);
    std::ranges::sort(packed);
    CHECK(packed == rows);
  }
}

TEST_CASE("pieces of packed rows are words of fields, in the order of the fields") {
  struct Case {
    std::int64_t gguf, offset, first, bytes, before;
  };
  for (auto [gguf, offset, first, bytes, before] :
       {Case{2, 1, 0, 2, 0}, Case{2, 2, 2, 4, 2}, Case{2, 17, 14, 4, 14}, Case{39, 0, 0, 1, 0},
        Case{39, 5, 5, 4, 5}, Case{12, 2, 0, 4, 0}, Case{14, 209, 208, 2, 0},
        Case{14, 192, 192, 4, 2}, Case{14, 5, 4, 4, 22}, Case{14, 130, 128, 4, 50}}) {
    Piece piece = pieceOf(*findGguf(gguf), offset);
    CHECK(piece.first == first);
    CHECK(piece.bytes == bytes);
    CHECK(piece.before == before);
  }
}

TEST_CASE("the fields of a block are all of it") {
  for (const Storage &storage : storages()) {
    std::vector<bool> seen(std::size_t(storage.bytes), storage.codec.fields.empty());
    for (Field field : storage.codec.fields)
      for (std::int64_t i = field.first; i < field.first + field.bytes; ++i) {
        CHECK(!seen.at(std::size_t(i)));
        seen.at(std::size_t(i)) = true;
      }
    CHECK(std::ranges::count(seen, false) == 0);
  }
}

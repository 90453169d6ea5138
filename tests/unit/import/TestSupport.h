//===- TestSupport.h - Helpers of the importer's tests ----------*- C++ -*-===//
#pragma once
#include "support/Error.h"
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdlib.h>

namespace test {

/// An empty folder that goes with the test.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "cria-test-XXXXXX";
    path = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }

  std::filesystem::path write(const std::string &name, const std::string &text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return path / name;
  }
};

/// The message of the cria::Error that `body` throws; "" if it throws none.
template <class Body>
std::string errorOf(Body &&body) {
  try {
    body();
  } catch (const cria::Error &error) {
    return error.what();
  }
  return {};
}

inline const std::filesystem::path source = CRIA_SOURCE_DIR;
inline const std::filesystem::path goldens = source / "tests/goldens";

inline std::string readText(const std::filesystem::path &file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline nlohmann::json readJson(const std::filesystem::path &file) {
  return nlohmann::json::parse(readText(file));
}

} // namespace test

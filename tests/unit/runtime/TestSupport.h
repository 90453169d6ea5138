//===- TestSupport.h - Helpers of the runtime's tests -----------*- C++ -*-===//
#pragma once
#include "fake/FakeModel.h"
#include "support/Error.h"
#include <catch2/catch.hpp>
#include <filesystem>
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
  std::filesystem::path operator/(const std::string &name) const { return path / name; }
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

} // namespace test

//===- FilesReadTest.cpp - Inputs under all their names -------------------===//
#include "support/FilesRead.h"
#include "support/Flags.h"
#include <catch2/catch.hpp>
#include <fstream>
#include <stdlib.h>

using cria::FilesRead;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "files-read-XXXXXX").native();
    REQUIRE(mkdtemp(name.data()));
    path = name;
    std::ofstream(path / "input") << "data";
    std::ofstream(path / "other") << "data";
  }
  ~Folder() { fs::remove_all(path); }
};

} // namespace

TEST_CASE("paths are kept once, in order, while a list lives") {
  FilesRead::note("before");
  {
    FilesRead files;
    FilesRead::note("b");
    FilesRead::note("a");
    FilesRead::note("b");
    CHECK(FilesRead::paths() == std::vector<fs::path>{"b", "a"});
  }
  CHECK(FilesRead::paths().empty());
}

TEST_CASE("an input is found under all its names") {
  Folder folder;
  FilesRead files;
  fs::path input = folder.path / "input";
  FilesRead::note(input);
  fs::create_symlink(input, folder.path / "symlink");
  fs::create_hard_link(input, folder.path / "hard");
  fs::create_directory(folder.path / "x");
  for (const char *name : {"input", "./input", "x/../input", "symlink", "hard"}) {
    INFO(name);
    CHECK(FilesRead::same(folder.path / name) == input);
    CHECK_THROWS_AS(FilesRead::refuse(folder.path / name), cria::UsageError);
  }
  CHECK_FALSE(FilesRead::same(folder.path / "other"));
  CHECK_FALSE(FilesRead::same(folder.path / "missing"));
  CHECK_NOTHROW(FilesRead::refuse(folder.path / "other"));
}

//===- Install.cpp - Where the parts of Cria are --------------------------===//
#include "driver/Install.h"
#include "support/Error.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// The first of `folders`, relative to that of this program, that has `file`.
std::string findBeside(std::initializer_list<StringRef> folders, StringRef file) {
  static int anchor;
  std::string self = sys::fs::getMainExecutable(nullptr, &anchor), tried;
  for (StringRef folder : folders) {
    SmallString<128> path(folder);
    if (sys::path::is_relative(folder)) {
      path = sys::path::parent_path(self);
      sys::path::append(path, folder);
    }
    if (sys::fs::exists(path + "/" + file))
      return std::string(path);
    tried += (tried.empty() ? "" : ", ") + folder.str();
  }
  throw Error(file.str() + " is not where " + self + " looks for it: " + tried);
}

} // namespace

std::string runtimeFolder() { return findBeside({"../lib", "../lib/cria"}, "libcria_rt.a"); }

std::string runtimeFolder(const std::string &system) {
  return findBeside({"../lib", "../lib/cria"}, system + "/libcria_rt.a") + "/" + system;
}

std::string includeFolder() {
  return findBeside({"../include", CRIA_SOURCE_INCLUDE}, "cria/spec.hpp");
}

} // namespace cria::driver

//===- Output.cpp - Files that are whole or not there ---------------------===//
#include "driver/Output.h"
#include "support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace cria::driver {
namespace {

[[noreturn]] void cannotWrite(const std::string &path, std::error_code error) {
  throw Error(path + ": cannot write: " + error.message());
}

void writeTo(raw_fd_ostream &stream, StringRef text, const std::string &path) {
  stream << text;
  stream.flush();
  std::error_code error = stream.error();
  stream.clear_error();
  if (error)
    cannotWrite(path, error);
}

void writeDirectly(const std::string &path, StringRef text) {
  std::error_code error;
  raw_fd_ostream stream(path, error);
  if (error)
    cannotWrite(path, error);
  writeTo(stream, text, path);
}

} // namespace

PendingFile::PendingFile(std::string name) : path(std::move(name)) {
  sys::fs::file_status status;
  bool exists = !sys::fs::status(path, status);
  if (exists && status.type() == sys::fs::file_type::directory_file)
    throw Error(path + ": cannot write: is a directory");
  special = exists && status.type() != sys::fs::file_type::regular_file;
  SmallString<128> temporary;
  int descriptor = -1;
  std::error_code error =
      special ? sys::fs::createTemporaryFile("cria", "", descriptor, temporary)
              : sys::fs::createUniqueFile(path + ".%%%%%%%%.tmp", descriptor, temporary);
  if (error)
    cannotWrite(path, error);
  raw_fd_ostream(descriptor, /*shouldClose=*/true).flush();
  temporaryPath = std::string(temporary);
  sys::RemoveFileOnSignal(temporaryPath);
}

PendingFile::~PendingFile() {
  if (!temporaryPath.empty())
    (void)sys::fs::remove(temporaryPath); // a destructor cannot tell
  sys::DontRemoveFileOnSignal(temporaryPath);
}

void PendingFile::keep(bool executable) {
  if (special) {
    auto content = MemoryBuffer::getFile(temporaryPath);
    if (!content)
      cannotWrite(path, content.getError());
    writeDirectly(path, (*content)->getBuffer());
    return;
  }
  using namespace sys::fs;
  auto permissions = executable ? all_read | all_exe | owner_write : all_read | owner_write;
  if (std::error_code error = setPermissions(temporaryPath, perms(permissions)))
    cannotWrite(path, error);
  if (std::error_code error = rename(temporaryPath, path))
    cannotWrite(path, error);
  sys::DontRemoveFileOnSignal(temporaryPath);
  temporaryPath.clear();
}

void checkWritable(const std::string &path) {
  if (!path.empty() && path != "-")
    PendingFile probe(path);
}

void writeFile(const std::string &path, StringRef text) {
  if (path == "-")
    return writeTo(outs(), text, "standard output");
  PendingFile file(path);
  writeDirectly(file.temporary(), text);
  file.keep();
}

} // namespace cria::driver

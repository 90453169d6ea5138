//===- Output.cpp - Files that are whole or not there ---------------------===//
#include "driver/Output.h"
#include "support/FilesRead.h"
#include "support/Flags.h"
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

bool isSpecial(const std::string &path) {
  sys::fs::file_status status;
  if (sys::fs::status(path, status))
    return false; // not there
  if (status.type() == sys::fs::file_type::directory_file)
    throw Error(path + ": cannot write: is a directory");
  return status.type() != sys::fs::file_type::regular_file;
}

/// Whether both name one file, which may not be there yet.
bool isSameFile(const std::string &a, const std::string &b) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (fs::exists(a, ignored) && fs::exists(b, ignored))
    return fs::equivalent(a, b, ignored) && !isSpecial(a);
  fs::path resolved = fs::weakly_canonical(fs::absolute(a), ignored);
  return !resolved.empty() && resolved == fs::weakly_canonical(fs::absolute(b), ignored);
}

} // namespace

TemporaryFile::TemporaryFile(const std::string &name) { make(name, /*elsewhere=*/false); }

void TemporaryFile::make(const std::string &name, bool elsewhere) {
  SmallString<128> made;
  int descriptor = -1;
  std::error_code error = elsewhere
                              ? sys::fs::createTemporaryFile("cria", "", descriptor, made)
                              : sys::fs::createUniqueFile(name + ".%%%%%%%%.tmp", descriptor, made);
  if (error)
    cannotWrite(name, error);
  raw_fd_ostream(descriptor, /*shouldClose=*/true).flush();
  temporaryPath = std::string(made);
  sys::RemoveFileOnSignal(temporaryPath);
}

void TemporaryFile::forget() {
  sys::DontRemoveFileOnSignal(temporaryPath);
  temporaryPath.clear();
}

TemporaryFile::~TemporaryFile() {
  if (temporaryPath.empty())
    return;
  (void)sys::fs::remove(temporaryPath); // a destructor cannot report
  forget();
}

PendingFile::PendingFile(std::string name) : path(std::move(name)), special(isSpecial(path)) {
  FilesRead::refuse(path);
  file.make(path, /*elsewhere=*/special);
}

void PendingFile::keep(bool executable) {
  if (special) {
    auto content = MemoryBuffer::getFile(file.path());
    if (!content)
      cannotWrite(path, content.getError());
    return writeDirectly(path, (*content)->getBuffer());
  }
  FilesRead::refuse(path); // more may have been read since
  unsigned permissions = (executable ? 0777 : 0666) & ~sys::fs::getUmask();
  if (std::error_code error = sys::fs::setPermissions(file.path(), sys::fs::perms(permissions)))
    cannotWrite(path, error);
  if (std::error_code error = sys::fs::rename(file.path(), path))
    cannotWrite(path, error);
  file.forget();
}

void checkOutputs(ArrayRef<OutputPath> outputs) {
  for (size_t i = 0; i < outputs.size(); ++i) {
    const auto &[flag, path] = outputs[i];
    if (path.empty())
      continue;
    for (const OutputPath &other : outputs.take_front(i)) {
      std::string both = std::string(other.flag) + " and " + flag;
      if (path == "-" && other.path == "-")
        throw UsageError(both + " cannot both write to standard output");
      if (path != "-" && !other.path.empty() && other.path != "-" && isSameFile(path, other.path))
        throw UsageError(both + " cannot both write to " + path);
    }
    if (path != "-")
      PendingFile probe(path);
  }
}

void writeFile(const std::string &path, StringRef text) {
  if (path == "-")
    return writeTo(outs(), text, "standard output");
  PendingFile file(path);
  writeDirectly(file.temporary(), text);
  file.keep();
}

void writeFile(const TemporaryFile &file, StringRef text) { writeDirectly(file.path(), text); }

} // namespace cria::driver

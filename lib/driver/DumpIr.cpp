//===- DumpIr.cpp - The IR after every pass that changed it ---------------===//
#include "driver/DumpIr.h"
#include "driver/Output.h"
#include "support/FilesRead.h"
#include "support/Flags.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

using namespace mlir;

namespace cria::driver {

IrDump::IrDump(std::string path, const std::string &output) : folder(std::move(path)) {
  if (std::error_code error = llvm::sys::fs::create_directories(folder))
    throw Error(folder + ": cannot create the folder: " + error.message());
  llvm::Regex ours("^([0-9][0-9]+-[a-z0-9-]+\\.(mlir|ll|s)|index)$");
  StringRef parent = llvm::sys::path::parent_path(output);
  bool inside = llvm::sys::fs::equivalent(parent.empty() ? "." : parent, folder);
  if (inside && ours.match(llvm::sys::path::filename(output)))
    throw UsageError("-o and --dump-ir cannot both write to " + output);
  std::vector<std::string> earlier;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator i(folder, error), end; i != end && !error;
       i.increment(error))
    if (ours.match(llvm::sys::path::filename(i->path())))
      earlier.push_back(i->path());
  for (const std::string &file : earlier)
    FilesRead::refuse(file);
  for (const std::string &file : earlier)
    (void)llvm::sys::fs::remove(file);
}

void IrDump::write(const std::string &name, StringRef text) {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  writeFile(std::string(path), text);
}

/// The size of what a step made: ops of IR, or lines of LLVM IR and assembly.
static std::string sizeOf(const Step &step) {
  if (!step.counts)
    return std::to_string(step.text.count('\n')) + " lines";
  int64_t ops = 0;
  for (const auto &[dialect, count] : *step.counts)
    ops += count;
  return std::to_string(ops) + " ops";
}

void IrDump::stepped(const Step &step) {
  std::string count = "-";
  StringRef pass = step.pass;
  pass.consume_front("cria-");
  pass.consume_front(step.phase + "-");
  if (step.changed) {
    count = llvm::formatv("{0,0+2}", number++);
    write(count + "-" + step.phase + "-" + pass.str() + "." + step.extension.str(), step.text);
  }
  index += llvm::formatv("{0,-4} {1,-9} {2,-28} {3,9:F6} s  {4,-9} {5,12}  {6}\n", count,
                         step.phase, pass, step.seconds, step.changed ? "changed" : "unchanged",
                         sizeOf(step), step.summary);
  write("index", index);
}

} // namespace cria::driver

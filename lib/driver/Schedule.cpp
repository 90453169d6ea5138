//===- Schedule.cpp - Schedules of kernels as a file ----------------------===//
#include "driver/Schedule.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Diagnostics.h"
#include "passes/schedule/KernelNames.h"
#include "passes/schedule/Schedule.h"
#include "support/Error.h"
#include "support/FilesRead.h"
#include "support/Flags.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;

namespace cria::driver {
namespace {

/// A file and what it says.
class ScheduleFile {
public:
  ScheduleFile(const std::string &path, MLIRContext &context) : path(path) {
    FilesRead::note(path);
    auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
    if (!buffer)
      throw Error(path + ": cannot be read: " + buffer.getError().message());
    text = (*buffer)->getBuffer().str();
    parse(context);
  }

  DictionaryAttr schedules() const { return dictionary; }

  /// Throws what is wrong with the schedule of `kernel`, at its line.
  [[noreturn]] void refuse(StringRef kernel, const std::string &why) const {
    size_t at = text.find("\"" + kernel.str() + "\"");
    if (at == std::string::npos)
      at = text.find(kernel.str());
    refuseAt(1 + StringRef(text).take_front(at).count('\n'), why);
  }

private:
  [[noreturn]] void refuseAt(size_t line, const std::string &why) const {
    throw Error(path + ":" + std::to_string(line) + ": " + why);
  }

  /// The text from its first character that is neither space nor comment. MLIR's parser of
  /// attributes takes as much of what follows an attribute for its end as comes before it.
  StringRef content() const {
    StringRef rest = StringRef(text).ltrim();
    while (rest.consume_front("//"))
      rest = rest.drop_until([](char c) { return c == '\n'; }).ltrim();
    return rest;
  }

  void parse(MLIRContext &context) {
    std::string fault;
    StringRef content = this->content();
    size_t line = 1, before = StringRef(text).drop_back(content.size()).count('\n');
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      if (!fault.empty())
        return;
      fault = diagnostic.str();
      if (auto at = dyn_cast<FileLineColLoc>(diagnostic.getLocation()))
        line = at.getLine();
    });
    Attribute parsed = parseAttribute(content, &context);
    if (!parsed)
      refuseAt(before + line, fault);
    dictionary = dyn_cast<DictionaryAttr>(parsed);
    if (!dictionary)
      refuseAt(1, "is not a dictionary { \"KERNEL\" = #cria.schedule<…>, … }");
  }

  std::string path, text;
  DictionaryAttr dictionary;
};

llvm::MapVector<StringAttr, KernelOp> kernelsOf(ModuleOp module) {
  llvm::MapVector<StringAttr, KernelOp> kernels;
  module.walk([&](KernelOp kernel) {
    kernels[StringAttr::get(module.getContext(), fullName(kernel))] = kernel;
  });
  return kernels;
}

std::string unknownKernel(StringRef name, const llvm::MapVector<StringAttr, KernelOp> &kernels) {
  std::vector<std::string> known;
  for (const auto &[other, kernel] : kernels)
    known.push_back(other.str());
  return "unknown kernel " + shown(name.str()) + suggest(name.str(), known) +
         "; --emit=schedule lists the kernels";
}

} // namespace

void applySchedules(ModuleOp module, const std::string &path) {
  ScheduleFile file(path, *module.getContext());
  auto kernels = kernelsOf(module);
  for (NamedAttribute entry : file.schedules()) {
    StringRef name = entry.getName();
    KernelOp kernel = kernels.lookup(entry.getName());
    if (!kernel)
      file.refuse(name, unknownKernel(name, kernels));
    auto schedule = dyn_cast<ScheduleAttr>(entry.getValue());
    if (!schedule)
      file.refuse(name, "\"" + name.str() + "\" is not a #cria.schedule<…>");
    if (std::string fault = faultOfSchedule(kernel, schedule); !fault.empty())
      file.refuse(name, "\"" + name.str() + "\": " + fault);
    setSchedule(kernel, schedule);
  }
}

std::string printSchedules(ModuleOp module, const std::string &about) {
  std::string text = "// " + about + "\n{\n", separator;
  llvm::raw_string_ostream stream(text);
  for (auto [name, kernel] : kernelsOf(module)) {
    stream << separator << "  " << name << " = " << scheduleOf(kernel);
    separator = ",\n";
  }
  stream << "\n}\n";
  return text;
}

} // namespace cria::driver

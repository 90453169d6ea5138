//===- Compile.cpp - From a source to what was asked for ------------------===//
#include "driver/Compile.h"
#include "driver/CodeSteps.h"
#include "driver/Codegen.h"
#include "driver/CompileReport.h"
#include "driver/Disassembly.h"
#include "driver/DumpIr.h"
#include "driver/Link.h"
#include "driver/Lowering.h"
#include "driver/ModuleSteps.h"
#include "driver/Output.h"
#include "driver/OutputName.h"
#include "driver/Quantize.h"
#include "driver/Remarks.h"
#include "driver/RunTool.h"
#include "driver/Schedule.h"
#include "driver/ScratchFile.h"
#include "driver/StageTimes.h"
#include "driver/SystemCheck.h"
#include "driver/Variants.h"
#include "driver/Verify.h"
#include "driver/Wasm.h"
#include "spec/Dsl.h"
#include "support/Depfile.h"
#include "support/FilesRead.h"
#include "support/Flags.h"

using namespace mlir;

namespace cria::driver {
namespace {

using Kind = llvm::CodeGenFileType;

/// The last phase that is wanted.
StringRef lastPhase(const Options &options, Backend backend) {
  if (!options.stopAfter.empty())
    return options.stopAfter;
  if (options.emit == Emit::mlir)
    return phases().front().name;
  return options.emit == Emit::schedule ? "schedule" : phases(backend).back().name;
}

/// Before anything is written, and after everything is read.
void checkPaths(const Options &options, const std::string &output, const std::string &facts = "") {
  if (output == "-" && !options.depfile.empty() && options.depfileTarget.empty())
    throw UsageError("--depfile: standard output is no target; --depfile-target names one");
  checkOutputs({{"-o", output},
                {"the JSON beside it", facts},
                {"--remarks-file", options.remarksFile},
                {"--depfile", options.depfile},
                {"--report", options.report}});
}

void writeDepfile(const Options &options, const std::string &output) {
  if (options.depfile.empty())
    return;
  const std::string &target = options.depfileTarget.empty() ? output : options.depfileTarget;
  writeFile(options.depfile, depfile(target, FilesRead::paths()));
}

/// Where entry points run that launch kernels on `target`, if it is a GPU and they are wanted.
std::optional<Target> hostOf(const Target &target, const Options &options) {
  if (!target.isGpu() || !(isLinked(options.emit) || options.emit == Emit::object))
    return std::nullopt;
  return makeTarget("native", "native");
}

class Compilation {
public:
  Compilation(const Options &options)
      : options(options), source(inStage(times, "read", [&] { return loadSource(options); })),
        targets(makeTargets(source.plan.target, source.plan.cpu)),
        host(hostOf(targets.front(), options)),
        variants(targets.size() > 1, host ? &*host : nullptr) {
    if (options.cores)
      for (Target &target : targets)
        target.info.cores = options.cores;
    checkSystem(options, source, targets);
    if (options.verify != Verify::none)
      checkRunnable(options, targets.front());
    if (targets.size() > 1 && showsIr())
      throw UsageError("--cpu: \"" + source.plan.cpu +
                       "\" names several; IR and remarks can be shown for one");
    if (links() && options.stopAfter.empty())
      linker.emplace(codeTarget(), options);
    output = chooseOutput(options, source.model.name);
    bool binary = links() || options.emit == Emit::object || options.emit == Emit::wasm;
    if (output == "-" && binary && options.stopAfter.empty())
      throw UsageError("-o: standard output takes text only; name a file");
    if (!options.schedule.empty())
      FilesRead::note(options.schedule);
    if (options.emit == Emit::wasm && options.stopAfter.empty())
      facts = std::filesystem::path(output).replace_extension("json");
    checkPaths(options, output, facts);
    observe();
  }

  /// Everything but what would be written.
  report::Report observed() {
    lower(targets.front());
    if (options.stopAfter.empty()) {
      LlvmCode code = llvmCode();
      observeCode(*code.module);
    }
    return report->data();
  }

  void run() {
    for (const Target &target : targets)
      lower(target);
    if (host && text.empty())
      lowerForHost();
    if (options.remarks)
      llvm::errs() << printRemarks(remarks.all);
    if (!options.remarksFile.empty())
      writeRemarks(remarks.all, options.remarksFile);
    if (!text.empty()) {
      writeFile(output, text);
    } else {
      finish();
    }
    if (report)
      report->write(options.report);
    writeDepfile(options, output);
    if (options.time)
      times.print(llvm::errs());
  }

private:
  /// Whether the output is linked with the runtime.
  bool links() const { return isLinked(options.emit); }

  /// What the module that is written is made for.
  const Target &codeTarget() const { return host ? *host : targets.front(); }

  bool showsIr() const {
    return options.emit == Emit::mlir || options.emit == Emit::schedule ||
           !options.stopAfter.empty() || !options.dumpIr.empty() || options.remarks ||
           !options.remarksFile.empty() || !options.report.empty() || options.inspects;
  }

  void observe() {
    observers.add(times);
    observers.add(remarks);
    if (!options.dumpIr.empty())
      observers.add(dump.emplace(options.dumpIr, output));
    if (!options.report.empty() || options.inspects)
      observers.add(report.emplace(options, source, targets.front()));
  }

  /// Runs the wanted phases for `target`, and keeps what they make.
  void lower(const Target &target) {
    times.setCpu(targets.size() > 1 ? target.cpu : "");
    Lowering lowering(options, source, target, observers);
    lowering.run(selectFusions(source.plan.fuse, source.plan.no_fuse),
                 lastPhase(options, target.info.backend));
    if (options.emit == Emit::mlir || !options.stopAfter.empty())
      text = driver::print(lowering.module()).text;
    else if (options.emit == Emit::schedule)
      text = printSchedules(lowering.module(), "How each kernel of " + source.model.name +
                                                   " is computed on " + target.cpu);
    else
      inStage(observers, "translate", [&] { variants.add(lowering); });
    times.setCpu("");
  }

  /// The same model for the CPU, for machines without the GPU that the rest is for.
  void lowerForHost() {
    Options own = options;
    own.schedule.clear(); // that of the GPU
    Lowering lowering(own, source, *host);
    inStage(observers, "cpu", [&] {
      lowering.run(selectFusions(source.plan.fuse, source.plan.no_fuse));
      variants.add(lowering);
    });
  }

  /// Optimised.
  LlvmCode llvmCode() {
    LlvmCode code = variants.finish(source);
    tellCode(observers, {"code", "llvm", "the LLVM dialect as LLVM IR"}, *code.module);
    Stopwatch watch;
    inStage(observers, "optimize", [&] { optimize(*code.module, codeTarget()); });
    tellCode(observers, {"code", "llvm-optimized", "LLVM's optimiser, -O3", watch.seconds()},
             *code.module);
    return code;
  }

  void finish() {
    LlvmCode code = llvmCode();
    if (output == "-")
      return finishText(*code.module);
    PendingFile result(output);
    inStage(observers, "codegen", [&] { writeCode(*code.module, result.temporary()); });
    check(result.temporary());
    if (!facts.empty())
      writeFile(facts, wasmFacts(source, variants.facts()));
    result.keep(/*executable=*/links());
  }

  /// To standard output, by way of a file: what fails the check is not written.
  void finishText(llvm::Module &llvmModule) {
    ScratchFile result("txt");
    inStage(observers, "codegen", [&] { writeCode(llvmModule, result.path()); });
    check(result.path());
    writeFile("-", result.text());
  }

  void check(const std::string &file) {
    if (options.verify != Verify::none)
      inStage(observers, "verify",
              [&] { verifyOutput(options, source, targets, host ? &*host : nullptr, file); });
  }

  /// Writes what `options.emit` says to `path`.
  void writeCode(llvm::Module &llvmModule, const std::string &path) {
    switch (options.emit) {
    case Emit::llvm:
      writeFile(path, driver::print(llvmModule));
      if (observers.readsIr())
        observeCode(llvmModule);
      return;
    case Emit::assembly:
      return writeCode(llvmModule, Kind::AssemblyFile, path);
    case Emit::object:
      return writeCode(llvmModule, Kind::ObjectFile, path);
    default:
      TemporaryFile part(output);
      writeCode(llvmModule, Kind::ObjectFile, part.path());
      if (options.emit == Emit::wasm)
        return linkWasm(part.path(), path, output);
      linker->link(part.path(), path, options.emit == Emit::shared, output);
    }
  }

  /// Writes machine code to `path`, and tells observers of it.
  void writeCode(llvm::Module &llvmModule, Kind kind, const std::string &path) {
    bool isRead = observers.readsIr();
    std::string code;
    if (isRead && kind == Kind::ObjectFile && !canDisassemble(codeTarget()))
      code = assemblyOf(llvmModule, codeTarget());
    Stopwatch watch;
    generate(llvmModule, codeTarget(), kind, path);
    double seconds = watch.seconds();
    if (isRead && kind == Kind::AssemblyFile)
      code = readText(path);
    else if (isRead && code.empty())
      code = disassemble(path, codeTarget());
    if (isRead)
      tellAssembly(observers, code, seconds);
  }

  /// Tells observers of machine code that is not written.
  void observeCode(llvm::Module &llvmModule) {
    bool isObject = canDisassemble(codeTarget());
    ScratchFile file(isObject ? "o" : "s");
    writeCode(llvmModule, isObject ? Kind::ObjectFile : Kind::AssemblyFile, file.path());
  }

  const Options &options;
  StageTimes times;
  Source source;
  std::vector<Target> targets; ///< of one system
  std::optional<Target> host;  ///< where programs for a GPU start
  Variants variants;
  std::string output; ///< a path, or "-"
  std::string facts;  ///< a path beside it, where its facts are not part of it
  std::optional<Linker> linker;
  std::string text; ///< IR or schedules, where they are what is wanted
  RemarkList remarks;
  std::optional<IrDump> dump;
  std::optional<CompileReport> report;
  Observers observers; ///< all of these that are wanted
};

} // namespace

void compile(const Options &options) {
  if (options.quantize || options.pack)
    return writeQuantized(options);
  if (options.emit != Emit::spec)
    return Compilation(options).run();
  std::string output = options.output.empty() ? "-" : options.output;
  spec::Spec spec = loadSpec(options);
  checkPaths(options, output);
  writeFile(output, spec::to_dsl(spec));
  writeDepfile(options, output);
}

report::Report observedCompilation(Options options) {
  options.emit = Emit::assembly; // which needs neither a linker nor a file
  options.inspects = true;
  return Compilation(options).observed();
}

} // namespace cria::driver

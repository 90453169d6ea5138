//===- Main.cpp - The command line of cria-run ----------------------------===//
#include "run/Main.h"
#include "driver/Output.h"
#include "driver/Tool.h"
#include "passes/Phases.h"
#include "run/Execute.h"
#include "run/Report.h"
#include "run/Wasm.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include <filesystem>

namespace cria::run {
namespace {

constexpr char usage[] = R"(usage: cria-run FILE.mlir [flags]

Runs one function of the cria dialect on arrays: an op alone, a kernel, a whole step. FILE is
the IR; - is standard input. The function is compiled for this machine and run. The f64
reference runs it first, which checks that no index lies outside of its tensor.

)";
constexpr char examples[] = R"(
examples:
  cria-run norm.mlir --arg x.npy --arg gain.npy --out y.npy
  cria-run norm.mlir --arg x.npy --arg gain.npy --compare
  cria-run norm.mlir --wasm=norm.wasm
  criac models/stories --stop-after=fuse -o fused.mlir
  cria-run fused.mlir --after=fuse --entry=head --random-weights=1 --arg hidden.npy --arg out.npy
)";

struct CommandLine {
  Options options;
  bool help = false, version = false;
};

using O = CommandLine;
using V = FlagValue;

void addParam(Options &options, const FlagValue &value) {
  size_t equals = value.text.find('=');
  if (equals == 0 || equals == value.text.npos || equals + 1 == value.text.size())
    value.refuse(shown(value.text) + " is not NAME=FILE.npy");
  options.params.emplace_back(value.text.substr(0, equals), value.text.substr(equals + 1));
}

void setMode(Options &options, const FlagValue &value, Mode mode) {
  if (options.mode != Mode::compiled && options.mode != mode)
    value.refuse("--reference and --compare exclude each other");
  options.mode = mode;
}

void setPhase(Options &options, const FlagValue &value) {
  constexpr std::pair<std::string_view, const char *> onTensors[] = {
      {"model", "model"}, {"fuse", "fuse"}, {"schedule", "schedule"}, {"loops", "loops"}};
  options.after = value.choose<const char *>(onTensors);
}

constexpr Flag<CommandLine> flags[] = {
    {"--entry", "NAME", "the function to run (default the only one)",
     [](O &o, const V &v) { o.options.entry = v.notEmpty(); }},
    {"--arg", "FILE|N", "the next argument: a .npy file, or an integer for an index",
     [](O &o, const V &v) { o.options.arguments.push_back(v.notEmpty()); }},
    {"--param", "NAME=FILE", "a cria.param, by its symbol or its name in the checkpoint",
     [](O &o, const V &v) { addParam(o.options, v); }},
    {"--random-weights", "SEED", "random values for the parameters that are not given",
     [](O &o, const V &v) { o.options.randomSeed = v.integer(0); }},
    {"--out", "FILE", "where the next result goes, as .npy",
     [](O &o, const V &v) { o.options.outputs.push_back(v.notEmpty()); }},
    {"--reference", "", "results of the f64 reference; nothing is compiled",
     [](O &o, const V &v) { setMode(o.options, v, Mode::reference); }},
    {"--compare", "", "both; fails if they differ by more than the tolerance",
     [](O &o, const V &v) { setMode(o.options, v, Mode::compare); }},
    {"--tolerance", "X", "of the greatest magnitude of a result (default 1e-5)",
     [](O &o, const V &v) { o.options.tolerance = v.number('[', 0, 1, ']'); }},
    {"--unchecked", "", "do not run the reference first: for large inputs, and ops it lacks",
     [](O &o, const V &) { o.options.unchecked = true; }},
    {"--wasm", "FILE", "write all functions as a WebAssembly module, and run none; docs/wasm.md",
     [](O &o, const V &v) { o.options.wasm = v.notEmpty(); }},
    {"--after", "PHASE", "the phase that made the text: model (default), fuse, schedule or loops",
     [](O &o, const V &v) { setPhase(o.options, v); }},
    {"--fuse", "LIST", "fusions to make: names with commas, all (default) or none",
     [](O &o, const V &v) { o.options.fuse = v.notEmpty(); }},
    {"--no-fuse", "LIST", "fusions to leave out",
     [](O &o, const V &v) { o.options.noFuse = v.notEmpty(); }},
    {"--cores", "N", "cores to split work across (default those of this machine)",
     [](O &o, const V &v) { o.options.cores = v.integer(1, 1 << 16); }},
    {"--help", "", "this text", [](O &o, const V &) { o.help = true; }},
    {"--version", "", "the version", [](O &o, const V &) { o.version = true; }},
};

/// No result may replace what will be read.
void checkOutputs(const Options &options) {
  FilesRead::note(options.file);
  for (const std::string &file : options.arguments)
    FilesRead::note(file);
  for (const auto &[name, file] : options.params)
    FilesRead::note(file);
  std::vector<driver::OutputPath> outputs;
  for (const std::string &output : options.outputs)
    outputs.push_back({"--out", output});
  driver::checkOutputs(outputs);
}

template <typename T>
void writeResults(const Options &options, const std::vector<T> &results) {
  for (auto [path, result] : llvm::zip(options.outputs, results))
    driver::writeFile(path, toNpy(result));
}

/// The module, and beside it what one has to know to call it.
int writeWasm(const Options &options) {
  if (!options.entry.empty() || !options.arguments.empty() || !options.params.empty() ||
      !options.outputs.empty())
    throw UsageError("--wasm: all functions are written and none is run, so it goes with no "
                     "--entry, --arg, --param or --out");
  std::string facts = std::filesystem::path(options.wasm).replace_extension("json");
  FilesRead::note(options.file);
  driver::checkOutputs({{"--wasm", options.wasm}, {"the JSON beside it", facts}});
  auto text = llvm::MemoryBuffer::getFileOrSTDIN(options.file);
  if (!text)
    throw Error(options.file + ": " + text.getError().message());
  WasmFunctions made = compileWasm(text->get()->getBuffer(), options.file);
  driver::writeFile(options.wasm, made.code);
  driver::writeFile(facts, made.facts);
  return 0;
}

int execute(const Options &options) {
  if (!options.wasm.empty())
    return writeWasm(options);
  checkOutputs(options);
  Entry entry(options);
  std::vector<Array> types = entry.emptyResults();
  std::vector<reference::Tensor> expected, found;
  if (options.mode != Mode::compiled || !options.unchecked)
    expected = byReference(entry);
  if (options.mode == Mode::reference) {
    for (auto [i, result] : llvm::enumerate(expected))
      llvm::outs() << describe(i, typeText(types[i]), result) << "\n";
    writeResults(options, expected);
    return 0;
  }
  std::vector<Array> results = byCode(entry, options);
  bool good = true;
  for (auto [i, result] : llvm::enumerate(results)) {
    reference::Tensor values = widen(result);
    llvm::outs() << describe(i, typeText(result), values) << "\n";
    if (options.mode != Mode::compare)
      continue;
    double error = relativeError(values, expected[i]);
    double bound = options.tolerance + roundingOf(result.element);
    llvm::outs() << llvm::formatv("result {0}: error {1:e1} of the greatest magnitude; {2:e1} is "
                                  "allowed\n",
                                  i, error, bound);
    good &= error <= bound;
  }
  if (!good)
    throw Error(options.file + ": the code differs from the f64 reference");
  writeResults(options, results);
  return 0;
}

int runCommand(int argc, const char *const *argv) {
  CommandLine line;
  std::vector<std::string> files =
      parseFlags<CommandLine>(flags, {argv + 1, size_t(argc) - 1}, line);
  if (line.help) {
    llvm::outs() << usage << flagHelp<CommandLine>(flags) << examples;
    return 0;
  }
  if (line.version) {
    llvm::outs() << "cria-run " << CRIA_VERSION << "\n";
    return 0;
  }
  if (files.size() != 1)
    throw UsageError(files.empty() ? "no file is given, see cria-run --help"
                                   : "one file at a time: " + shown(files[1]) + " is too many");
  line.options.file = files[0];
  (void)selectFusions(line.options.fuse, line.options.noFuse);
  return execute(line.options);
}

} // namespace

int runMain(int argc, const char *const *argv) {
  return driver::toolMain("cria-run", [&] { return runCommand(argc, argv); });
}

} // namespace cria::run

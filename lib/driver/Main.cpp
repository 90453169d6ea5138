//===- Main.cpp - The command line of criac -------------------------------===//
#include "driver/Main.h"
#include "driver/Compile.h"
#include "driver/Gpu.h"
#include "driver/Inspect.h"
#include "driver/Quantize.h"
#include "driver/StorageWords.h"
#include "driver/Terminal.h"
#include "driver/Tool.h"
#include "passes/Phases.h"
#include "llvm/Support/Format.h"

namespace cria::driver {
namespace {

constexpr char usage[] = R"(usage: criac MODEL [-o FILE] [flags]

Compiles a Llama-3-architecture model to a native program. MODEL is a Hugging Face folder, a
GGUF file, a C++ file with a spec, or a preset such as llama3.2-1b.

)";
constexpr char examples[] = R"(
examples:
  criac models/stories -o stories && ./stories --prompt "Once upon a time"
  criac models/stories --report=stories.html       every pass and kernel, as a page
  criac inspect models/stories                     the same in the terminal; see its --help
)";

constexpr char inspectHelp[] =
    R"(usage: criac inspect MODEL [--pass=NAME] [--kernel=NAME] [--diff] [flags]

Shows in the terminal what a compilation of MODEL does: its passes and kernels, the IR or code
after a pass, a kernel's facts and code. Flags of criac that say how to compile apply as well.

)";
constexpr char inspectExamples[] = R"(
examples:
  criac inspect models/stories
  criac inspect models/stories --pass=fuse-norm-into-linear --diff
  criac inspect models/stories --kernel=decode.qkv
  criac inspect models/stories --pass=asm --kernel=decode.down
)";

struct CommandLine {
  Options options;
  Inspection inspection;
  bool help = false, version = false, listPhases = false, listFusions = false;
};

using O = CommandLine;
using V = FlagValue;

constexpr std::pair<std::string_view, Emit> kinds[] = {
    {"spec", Emit::spec},     {"mlir", Emit::mlir},      {"schedule", Emit::schedule},
    {"llvm", Emit::llvm},     {"asm", Emit::assembly},   {"obj", Emit::object},
    {"shared", Emit::shared}, {"exe", Emit::executable}, {"wasm", Emit::wasm}};
constexpr std::pair<std::string_view, ReportSets> reportSets[] = {{"each", ReportSets::each},
                                                                  {"all", ReportSets::all}};

constexpr std::pair<std::string_view, Verify> checks[] = {{"quick", Verify::quick},
                                                          {"full", Verify::full}};

std::string phaseName(const FlagValue &value) {
  std::vector<std::string> names;
  for (const Phase &phase : allPhases())
    names.push_back(phase.name.str());
  if (llvm::find(names, value.text) == names.end())
    value.refuseChoice(names);
  return value.text;
}

/// NAME=TYPE
std::pair<std::string, spec::DType> tensorStorage(const FlagValue &value) {
  size_t equals = value.text.rfind('=');
  if (equals == 0 || equals == value.text.npos)
    value.refuse(shown(value.text) + " is not NAME=TYPE");
  FlagValue type{value.flag, value.text.substr(equals + 1)};
  return {value.text.substr(0, equals), type.choose<spec::DType>(weightStorages)};
}

constexpr Flag<CommandLine> flags[] = {
    {"-o", "FILE", "output file; - is standard output",
     [](O &o, const V &v) { o.options.output = v.notEmpty(); }},
    {"--emit", "KIND", "spec, mlir, schedule, llvm, asm, obj, shared, wasm or exe (default)",
     [](O &o, const V &v) { o.options.emit = v.choose<Emit>(kinds); }},
    {"--target", "TRIPLE", "system to compile for (default: native), or a GPU: nvidia, amd:gfx942",
     [](O &o, const V &v) { o.options.plan.target = v.notEmpty(); }},
    {"--cpu", "LIST", "CPUs to compile for, as NAME+FEATURE; the best is chosen at start",
     [](O &o, const V &v) { o.options.plan.cpu = v.notEmpty(); }},
    {"--runtime-dir", "DIR", "folder with libcria_rt.a for the target",
     [](O &o, const V &v) { o.options.runtimeDir = v.notEmpty(); }},
    {"--sysroot", "DIR", "root folder of the target system's libraries",
     [](O &o, const V &v) { o.options.sysroot = v.notEmpty(); }},
    {"--cores", "N", "cores to split work across (default: those of this machine)",
     [](O &o, const V &v) { o.options.cores = v.integer(1, 1 << 16); }},
    {"--max-seq", "N", "capacity of a session in tokens (default: the model's, up to 4096)",
     [](O &o, const V &v) { o.options.plan.max_seq = v.integer(1, 1 << 24); }},
    {"--prefill-chunk", "T", "most prompt tokens computed together (default: 256)",
     [](O &o, const V &v) { o.options.plan.chunk = v.integer(1, 1 << 14); }},
    {"--kv-dtype", "TYPE", "storage of keys and values: f32 (default), f16, bf16, q8_0",
     [](O &o, const V &v) { o.options.plan.cache = v.choose<spec::DType>(cacheStorages); }},
    {"--products", "KIND", "exact (default): f32; fast: rounded to bf16 or int8, for such weights",
     [](O &o, const V &v) { o.options.plan.products = v.choose<const char *>(productWords); }},
    {"--random-weights", "SEED", "use random weights instead of reading any",
     [](O &o, const V &v) { o.options.randomSeed = v.integer(0); }},
    {"--dtype", "TYPE", "storage of random weights (default: the model's)",
     [](O &o, const V &v) { o.options.plan.weights = v.choose<spec::DType>(weightStorages); }},
    {"--quantize", "TYPE", "write the model as GGUF instead, matrices as q8_0, q6_k, q4_k ...",
     [](O &o, const V &v) { o.options.quantize = v.choose<spec::DType>(weightStorages); }},
    {"--quantize-tensor", "NAME=TYPE", "the same for matrices of GGUF names such as '*.attn_v.*'",
     [](O &o, const V &v) { o.options.quantizeTensors.push_back(tensorStorage(v)); }},
    {"--pack", "", "write the model as GGUF instead, blocks packed for --products=fast",
     [](O &o, const V &) { o.options.pack = true; }},
    {"--embed-weights", "", "embed the weights in the output",
     [](O &o, const V &) { o.options.embedWeights = true; }},
    {"--no-tokenizer", "", "leave the tokenizer out; the program works on token ids",
     [](O &o, const V &) { o.options.noTokenizer = true; }},
    {"--chat-template", "FILE", "Jinja template for --chat (default: the model's)",
     [](O &o, const V &v) { o.options.chatTemplate = v.notEmpty(); }},
    {"--no-chat-template", "", "leave the chat template out",
     [](O &o, const V &) { o.options.noChatTemplate = true; }},
    {"--fuse", "LIST", "fusions to apply: comma-separated names, all (default) or none",
     [](O &o, const V &v) { o.options.plan.fuse = v.notEmpty(); }},
    {"--no-fuse", "LIST", "fusions to leave out",
     [](O &o, const V &v) { o.options.plan.no_fuse = v.notEmpty(); }},
    {"--schedule", "FILE", "schedules of kernels to use instead of those chosen",
     [](O &o, const V &v) { o.options.schedule = v.notEmpty(); }},
    {"--list-fusions", "", "list the fusions", [](O &o, const V &) { o.listFusions = true; }},
    {"--remarks", "", "report what each fusion saved, or why it was not applied",
     [](O &o, const V &) { o.options.remarks = true; }},
    {"--remarks-file", "FILE", "write remarks as JSON, or as YAML if FILE ends in .yaml",
     [](O &o, const V &v) { o.options.remarksFile = v.notEmpty(); }},
    {"--report", "FILE", "write the compilation as a page, or as JSON if FILE ends in .json",
     [](O &o, const V &v) { o.options.report = v.notEmpty(); }},
    {"--report-sets", "SETS", "fusions to compare in the report: each (default) or all subsets",
     [](O &o, const V &v) { o.options.reportSets = v.choose<ReportSets>(reportSets); }},
    {"--machine", "FILE", "limits that --report compares with: JSON of cria-bench",
     [](O &o, const V &v) { o.options.machine = v.notEmpty(); }},
    {"--verify", "[=LEVEL]", "run the output and check its answers: quick (default) or full",
     [](O &o, const V &v) {
       o.options.verify = v.text.empty() ? Verify::quick : v.choose<Verify>(checks);
     }},
    {"--list-phases", "", "list the phases", [](O &o, const V &) { o.listPhases = true; }},
    {"--stop-after", "PHASE", "print the IR after this phase",
     [](O &o, const V &v) { o.options.stopAfter = phaseName(v); }},
    {"--dump-ir", "DIR", "write the IR after each pass that changed it",
     [](O &o, const V &v) { o.options.dumpIr = v.notEmpty(); }},
    {"--depfile", "FILE", "write the files that were read as a Make rule",
     [](O &o, const V &v) { o.options.depfile = v.notEmpty(); }},
    {"--depfile-target", "NAME", "target of that rule (default: the output)",
     [](O &o, const V &v) { o.options.depfileTarget = v.notEmpty(); }},
    {"--time", "", "print the time of each stage", [](O &o, const V &) { o.options.time = true; }},
    {"--help", "", "print this help", [](O &o, const V &) { o.help = true; }, "-h"},
    {"--version", "", "print the version", [](O &o, const V &) { o.version = true; }},
};

constexpr Flag<CommandLine> inspectFlags[] = {
    {"--pass", "NAME", "show the IR or code after this pass, by name or number",
     [](O &o, const V &v) { o.inspection.pass = v.notEmpty(); }},
    {"--kernel", "NAME", "show this kernel alone: decode.qkv, or qkv of every entry point",
     [](O &o, const V &v) { o.inspection.kernel = v.notEmpty(); }},
    {"--diff", "", "show what the pass changed; numbers of values do not count",
     [](O &o, const V &) { o.inspection.diff = true; }},
};

void printPhases(const std::string &target) {
  for (const Phase &phase : phases(isGpu(target) ? Backend::gpu : Backend::cpu))
    llvm::outs() << llvm::format("%-10s", phase.name.data()) << phase.purpose << "\n";
}

void printFusions() {
  for (const Fusion &fusion : fusions())
    llvm::outs() << llvm::format("%-24s", fusion.name.data()) << fusion.summary << "\n";
}

/// What is about code, or about weights that nobody reads, goes with no file of weights.
void checkQuantize(const Options &options) {
  std::pair<const char *, bool> others[] = {{"--random-weights", options.randomSeed.has_value()},
                                            {"--embed-weights", options.embedWeights},
                                            {"--emit", options.emit != Emit::executable},
                                            {"--verify", options.verify != Verify::none},
                                            {"--stop-after", !options.stopAfter.empty()},
                                            {"--dump-ir", !options.dumpIr.empty()},
                                            {"--depfile", !options.depfile.empty()}};
  for (auto [flag, given] : others)
    if (given)
      throw UsageError(writingFlag(options) + ": cannot be combined with " + flag);
}

const std::string &onlyModel(const std::vector<std::string> &models) {
  if (models.size() != 1)
    throw UsageError(models.empty() ? "no model given; see criac --help"
                                    : shown(models[1]) + ": only one model can be given");
  return models.front();
}

void runInspect(std::span<const char *const> arguments) {
  CommandLine line;
  std::vector<Flag<CommandLine>> all(std::begin(inspectFlags), std::end(inspectFlags));
  all.insert(all.end(), std::begin(flags), std::end(flags));
  std::vector<std::string> models = parseFlags<CommandLine>(all, arguments, line);
  if (line.help) {
    llvm::outs() << inspectHelp << flagHelp<CommandLine>(inspectFlags) << inspectExamples;
    return;
  }
  if (line.inspection.diff && line.inspection.pass.empty())
    throw UsageError("--diff: it needs --pass, whose changes it shows");
  const Options &options = line.options;
  for (const std::string &file :
       {options.output, options.dumpIr, options.report, options.remarksFile, options.depfile})
    if (!file.empty())
      throw UsageError("criac inspect writes no file, so not " + shown(file));
  line.options.model = onlyModel(models);
  show(inspect(observedCompilation(line.options), line.inspection));
}

void run(int argc, const char *const *argv) {
  if (argc > 1 && std::string_view(argv[1]) == "inspect")
    return runInspect({argv + 2, size_t(argc) - 2});
  CommandLine line;
  std::vector<std::string> models =
      parseFlags<CommandLine>(flags, {argv + 1, size_t(argc) - 1}, line);
  if (line.help) {
    llvm::outs() << usage << flagHelp<CommandLine>(flags) << examples;
    return;
  }
  if (line.version) {
    llvm::outs() << "criac " << CRIA_VERSION << "\n";
    return;
  }
  if (line.listPhases)
    return printPhases(line.options.plan.target);
  if (line.listFusions)
    return printFusions();
  line.options.model = onlyModel(models);
  if (line.options.embedWeights && line.options.randomSeed)
    throw UsageError("--embed-weights: cannot be combined with --random-weights");
  if (!line.options.chatTemplate.empty() && line.options.noChatTemplate)
    throw UsageError("--chat-template: cannot be combined with --no-chat-template");
  Emit emit = line.options.emit;
  if (line.options.verify != Verify::none &&
      (emit == Emit::spec || emit == Emit::mlir || emit == Emit::schedule ||
       !line.options.stopAfter.empty()))
    throw UsageError("--verify: there is no code to run; it cannot be combined with "
                     "--emit=spec, --emit=mlir, --emit=schedule or --stop-after");
  if (line.options.quantize || line.options.pack)
    checkQuantize(line.options);
  if (!line.options.quantize && !line.options.quantizeTensors.empty())
    throw UsageError("--quantize-tensor: needs --quantize");
  if (line.options.report.empty() && !line.options.machine.empty())
    throw UsageError("--machine: it is for --report");
  if (line.options.report.empty() && line.options.reportSets)
    throw UsageError("--report-sets: it is for --report");
  if (emit == Emit::spec && !line.options.report.empty())
    throw UsageError("--report: nothing is compiled with --emit=spec");
  line.options.command = llvm::join(llvm::ArrayRef(argv, argc), " ");
  compile(line.options);
}

} // namespace

int criacMain(int argc, const char *const *argv) {
  return toolMain("criac", [&] {
    run(argc, argv);
    return 0;
  });
}

} // namespace cria::driver

//===- Main.cpp - The command line of cria-lab ----------------------------===//
#include "lab/Main.h"
#include "cria/spec/figures.hpp"
#include "driver/Compile.h"
#include "driver/Output.h"
#include "driver/ScratchFile.h"
#include "driver/Tool.h"
#include "lab/FusionSets.h"
#include "lab/OpReport.h"
#include "lab/Ops.h"
#include "lab/Page.h"
#include "report/RelativeNames.h"
#include "run/Wasm.h"
#include "llvm/Support/JSON.h"

namespace json = llvm::json;

namespace cria::lab {
namespace {

constexpr char usage[] = R"(usage: cria-lab MODEL [-o FILE.html]

Builds the lab: one page in which a small Llama 3 runs, compiled to WebAssembly, and shows what
RMSNorm, rotary embedding, grouped-query attention, SwiGLU and the KV cache do. MODEL is a Hugging
Face folder such as models/stories. The page needs no other file and no network.

)";
constexpr char examples[] = R"(
examples:
  cria-lab models/stories -o lab.html
)";

struct CommandLine {
  std::string output = "lab.html";
  bool help = false, version = false;
};

using O = CommandLine;
using V = FlagValue;

constexpr Flag<CommandLine> flags[] = {
    {"-o", "FILE", "where the page goes (default lab.html)",
     [](O &o, const V &v) { o.output = v.notEmpty(); }},
    {"--help", "", "this text", [](O &o, const V &) { o.help = true; }},
    {"--version", "", "the version", [](O &o, const V &) { o.version = true; }},
};

/// The ops whose way through the compiler the pages show.
constexpr const char *shownOps[] = {
    "rms_norm", "rotary_table", "rope",   "rope_interleaved", "kv_append", "scores", "softmax",
    "mix",      "attend",       "swiglu", "norm_linear",      "residual",  "embed"};

std::string readFile(const std::string &path) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    throw Error(path + ": " + file.getError().message());
  FilesRead::note(path);
  return (*file)->getBuffer().str();
}

/// The whole model as WebAssembly.
void addModel(const std::string &folder, std::vector<Block> &blocks) {
  driver::ScratchFile code("wasm"), facts("json");
  driver::Options options;
  options.model = folder;
  options.plan.target = "wasm32";
  options.emit = driver::Emit::wasm;
  options.plan.max_seq = cacheRows;
  options.output = code.path();
  driver::compile(options);
  std::string beside = std::filesystem::path(code.path()).replace_extension("json");
  blocks.push_back({"model-code", code.text()});
  blocks.push_back({"model-facts", readFile(beside)});
  std::filesystem::remove(beside);
}

json::Object sizesJson(const Sizes &sizes) {
  const spec::RopeScaling &scaling = sizes.rope.scaling;
  return json::Object{{"vocab", sizes.vocab},
                      {"vocabParts", sizes.vocab / spec::argmax_part(sizes.vocab)},
                      {"hidden", sizes.hidden},
                      {"layers", sizes.layers},
                      {"heads", sizes.heads},
                      {"kvHeads", sizes.kvHeads},
                      {"headDim", sizes.headDim},
                      {"ffn", sizes.ffn},
                      {"eps", sizes.eps},
                      {"theta", sizes.rope.theta},
                      {"cacheRows", cacheRows},
                      {"scaling", json::Object{{"factor", scaling.factor},
                                               {"low", scaling.low_freq_factor},
                                               {"high", scaling.high_freq_factor},
                                               {"context", scaling.original_context}}}};
}

/// What the compiler does to single ops and with every set of fusions.
void addReports(const driver::Options &options, const driver::Source &source, const Sizes &sizes,
                std::vector<Block> &blocks) {
  std::string functions = opFunctions(sizes);
  run::WasmFunctions ops = run::compileWasm(functions, "ops.mlir");
  blocks.push_back({"ops-code", ops.code});
  blocks.push_back({"ops-facts", ops.facts});

  report::Report texts;
  json::Array reports;
  for (const char *name : shownOps) {
    OpReport op = reportOp(functions, name, texts);
    json::Array steps;
    for (const report::Step &step : op.steps)
      steps.push_back(json::Object{{"phase", step.phase},
                                   {"pass", step.pass},
                                   {"summary", step.summary},
                                   {"text", std::int64_t(*step.text)}});
    reports.push_back(json::Object{{"name", name},
                                   {"steps", std::move(steps)},
                                   {"host", std::int64_t(op.host)},
                                   {"wasm", std::int64_t(op.wasm)}});
  }
  for (std::size_t i = 0; i < texts.texts.size(); ++i)
    blocks.push_back(
        {"text-" + std::to_string(i), texts.texts[i].content, texts.texts[i].kind == "mlir"});

  driver::Target host = driver::makeTarget("native", "native");
  report::Report sets;
  addFusionSets(options, source, host, sets);
  blocks.push_back({"fusion-sets", report::toJson(sets, /*withTexts=*/false)});

  std::string about;
  llvm::raw_string_ostream(about) << json::Value(
      json::Object{{"criac", CRIA_VERSION},
                   {"cpu", host.cpu},
                   {"triple", host.machine->getTargetTriple().str()},
                   {"model", source.model.name},
                   {"sizes", sizesJson(sizes)},
                   {"ops", std::move(reports)}});
  blocks.push_back({"lab", about});
}

void writeLab(const std::string &folder, const std::string &output) {
  driver::Options options;
  options.model = folder;
  driver::Source source = driver::loadSource(options);
  Sizes sizes = sizesOf(source);
  if (source.weightFiles.size() != 1)
    throw Error(folder + ": the lab is made for a model whose weights are one file");
  driver::checkOutputs({{"-o", output}});

  std::vector<Block> blocks{{"weights", readFile(source.weightFiles.front())},
                            {"tokenizer", readFile(folder + "/tokenizer.json")},
                            {"prompts", readFile(folder + "/recall_prompts.jsonl")},
                            {"definitions", definitions()}};
  addModel(folder, blocks);
  addReports(options, source, sizes, blocks);
  driver::writeFile(output, toPage(std::move(blocks)));
}

int runCommand(int argc, const char *const *argv) {
  CommandLine line;
  std::vector<std::string> models =
      parseFlags<CommandLine>(flags, {argv + 1, std::size_t(argc) - 1}, line);
  if (line.help) {
    llvm::outs() << usage << flagHelp<CommandLine>(flags) << examples;
    return 0;
  }
  if (line.version) {
    llvm::outs() << "cria-lab " << CRIA_VERSION << "\n";
    return 0;
  }
  if (models.size() != 1)
    throw UsageError(models.empty() ? "no model is given, see cria-lab --help"
                                    : "one model at a time: " + shown(models[1]) + " is too many");
  writeLab(models[0], line.output);
  return 0;
}

} // namespace

int runMain(int argc, const char *const *argv) {
  return driver::toolMain("cria-lab", [&] { return runCommand(argc, argv); });
}

} // namespace cria::lab

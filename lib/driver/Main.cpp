//===- Main.cpp - The command line of criac -------------------------------===//
#include "driver/Main.h"
#include "driver/Compile.h"
#include "passes/Phases.h"
#include "runtime/Error.h"
#include "support/Flags.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {
namespace {

constexpr char usage[] = R"(usage: criac MODEL [-o FILE] [flags]

Compiles a Llama-3-architecture model, a Hugging Face folder, to a native program.

)";
constexpr char examples[] = R"(
examples:
  criac models/stories -o stories && ./stories --prompt "Once upon a time"
  criac models/stories --emit=mlir                 the model as IR
  criac models/stories --dump-ir=ir -o stories     the IR after every pass, in ir/
  criac models/stories --stop-after=loops          the IR after a phase
)";

/// A setter that looks a word up in a list of choices.
template <typename T>
std::function<void(std::string_view)> choose(std::string flag, T &value,
                                             std::vector<std::pair<std::string, T>> choices) {
  return [=, flag = std::move(flag), &value](std::string_view text) {
    std::vector<std::string> names;
    std::string list;
    for (const auto &[name, choice] : choices) {
      if (name == text) {
        value = choice;
        return;
      }
      names.push_back(name);
      list += (list.empty() ? "" : ", ") + name;
    }
    throw UsageError(flag + ": \"" + std::string(text) + "\" is not one of " + list +
                     suggest(text, names));
  };
}

std::function<void(std::string_view)> setPhase(std::string &value) {
  std::vector<std::pair<std::string, std::string>> names;
  for (const Phase &phase : phases())
    names.push_back({phase.name.str(), phase.name.str()});
  return choose("--stop-after", value, names);
}

struct CommandLine {
  Options options;
  std::int64_t seed = 0;
  bool help = false, version = false, listPhases = false;

  Flags flags() {
    std::vector<std::pair<std::string, spec::DType>> dtypes{
        {"f32", spec::DType::f32}, {"f16", spec::DType::f16}, {"bf16", spec::DType::bf16}};
    auto integer = [](const char *flag, std::int64_t &value, std::int64_t most) {
      return setInteger(flag, value, 1, most);
    };
    return {{
        {"-o", "FILE", "where to write; - is standard output", setText(options.output)},
        {"--emit", "KIND", "mlir, llvm, asm, obj, shared or exe (default)",
         choose<Emit>("--emit", options.emit,
                      {{"mlir", Emit::mlir},
                       {"llvm", Emit::llvm},
                       {"asm", Emit::assembly},
                       {"obj", Emit::object},
                       {"shared", Emit::shared},
                       {"exe", Emit::executable}})},
        {"--target", "TRIPLE", "the system to compile for (default native)",
         setText(options.target)},
        {"--cpu", "NAME", "the CPU to compile for (default native)", setText(options.cpu)},
        {"--max-seq", "N", "tokens that a session can hold (default the model's, up to 4096)",
         integer("--max-seq", options.maxSeq, 1 << 24)},
        {"--prefill-chunk", "T", "tokens of a prompt at a time (default 64)",
         integer("--prefill-chunk", options.chunk, 1 << 14)},
        {"--kv-dtype", "TYPE", "storage of keys and values: f32 (default), f16, bf16",
         choose("--kv-dtype", options.kvDtype, dtypes)},
        {"--random-weights", "SEED", "make weights instead of reading them",
         [this](std::string_view text) {
           setInteger("--random-weights", seed, 0, INT64_MAX)(text);
           options.randomSeed = seed;
         }},
        {"--dtype", "TYPE", "storage of random weights (default the model's)",
         [this, dtypes](std::string_view text) {
           spec::DType dtype;
           choose("--dtype", dtype, dtypes)(text);
           options.dtype = dtype;
         }},
        {"--embed-weights", "", "put the weights into the output", setTrue(options.embedWeights)},
        {"--verify", "", "run the code against the f64 reference", setTrue(options.verify)},
        {"--list-phases", "", "say what the phases are", setTrue(listPhases)},
        {"--stop-after", "PHASE", "print the IR after this phase", setPhase(options.stopAfter)},
        {"--dump-ir", "DIR", "write the IR after every pass that changed it",
         setText(options.dumpIr)},
        {"--time", "", "say how long each stage took", setTrue(options.time)},
        {"--help", "", "this text", setTrue(help)},
        {"--version", "", "the version", setTrue(version)},
    }};
  }
};

void printPhases() {
  for (const Phase &phase : phases())
    llvm::outs() << llvm::format("%-10s", phase.name.data()) << phase.purpose << "\n";
}

void run(int argc, const char *const *argv) {
  CommandLine line;
  Flags flags = line.flags();
  std::vector<std::string> models = flags.parse(argc, argv);
  if (line.help) {
    llvm::outs() << usage << flags.help() << examples;
    return;
  }
  if (line.version) {
    llvm::outs() << "criac " << CRIA_VERSION << "\n";
    return;
  }
  if (line.listPhases)
    return printPhases();
  if (models.size() != 1)
    throw UsageError(models.empty() ? "no model is given, see criac --help"
                                    : "one model at a time: \"" + models[1] + "\" is too many");
  if (line.options.embedWeights && line.options.randomSeed)
    throw UsageError("--embed-weights: random weights are made, not embedded");
  if (line.options.verify && line.options.target != "native")
    throw UsageError("--verify: code for another machine cannot run here");
  line.options.model = models[0];
  compile(line.options);
}

} // namespace

int criacMain(int argc, const char *const *argv) {
  try {
    run(argc, argv);
    llvm::outs().flush();
    return 0;
  } catch (const UsageError &error) {
    llvm::errs() << "criac: error: " << error.what() << "\n";
    return 2;
  } catch (const std::exception &error) {
    llvm::errs() << "criac: error: " << error.what() << "\n";
    return 1;
  }
}

} // namespace cria::driver

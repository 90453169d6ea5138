//===- Verify.cpp - The answers of what was written -----------------------===//
#include "driver/Verify.h"
#include "driver/Codegen.h"
#include "driver/Link.h"
#include "driver/MissingGpu.h"
#include "driver/Reference.h"
#include "driver/Runnable.h"
#include "driver/ScratchFile.h"
#include "driver/SystemCheck.h"
#include "support/Error.h"
#include "verify/Check.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/SourceMgr.h"
#include <chrono>
#include <set>

using namespace llvm;

namespace cria::driver {
namespace {

/// An object from the IR in `file`.
void compileIr(const std::string &file, const Target &target, const std::string &object) {
  LLVMContext context;
  SMDiagnostic diagnostic;
  std::unique_ptr<Module> module = parseIRFile(file, diagnostic, context);
  if (!module)
    throw Error("--verify: what was written is no LLVM IR: " + diagnostic.getMessage().str());
  generate(*module, target, CodeGenFileType::ObjectFile, object);
}

/// Links what is no program by itself, to `program`.
void linkProgram(const Options &options, const Target &target, const std::string &file,
                 const std::string &program) {
  ScratchFile part(options.emit == Emit::assembly ? "s" : "o");
  if (options.emit == Emit::llvm)
    compileIr(file, target, part.path());
  else if (std::error_code error = sys::fs::copy_file(file, part.path()))
    throw Error(file + ": cannot be read: " + error.message());
  Linker(target, options).link(part.path(), program, /*shared=*/false, program);
}

/// The ways to run the sequence: in chunks and one at a time, each on one thread and on more; from
/// chunks into single tokens; and, if all is to be checked, chunks that end at every kind of place.
std::vector<Road> chooseRoads(std::int64_t tokens, std::int64_t chunk, bool full) {
  std::vector<Road> roads{{tokens, tokens, 2}, {tokens, 0, 1}};
  std::int64_t middle = std::max<std::int64_t>(tokens / 2 / chunk * chunk, 1);
  if (middle < tokens)
    roads.push_back({tokens, middle, 2});
  if (!full)
    return roads;
  roads.push_back({tokens, tokens, 1});
  roads.push_back({tokens, 0, 2});
  std::set<std::int64_t> lengths;
  for (std::int64_t length : {std::int64_t(2), chunk / 2, chunk - 1, chunk, chunk + 1, chunk + 2,
                              2 * chunk - 1, 2 * chunk, 2 * chunk + 1, tokens - 1})
    if (length > 1 && length < tokens)
      lengths.insert(length);
  for (std::int64_t length : lengths)
    roads.push_back({length, length, 2});
  return roads;
}

/// Whether it differs from one of `others` in the number of threads alone.
bool isLike(const Road &road, ArrayRef<Road> others) {
  return any_of(others, [&](const Road &other) {
    return other.tokens == road.tokens && other.decodeFrom == road.decodeFrom;
  });
}

/// For a GPU, which is given no threads.
std::vector<Road> withoutThreads(ArrayRef<Road> roads) {
  std::vector<Road> own;
  for (const Road &road : roads)
    if (!isLike(road, own))
      own.push_back({road.tokens, road.decodeFrom, 0});
  return own;
}

class Verification {
  using Clock = std::chrono::steady_clock;

public:
  Verification(const Options &options, const Source &source, ArrayRef<Target> targets,
               const Target *host)
      : options(options), full(options.verify == Verify::full),
        expected(expectedAnswers(options, source, full ? verify::fullBudget : verify::quickBudget,
                                 sayProgress())),
        seconds(Clock::now() - start), source(source), targets(targets), host(host) {}

  void run(const std::string &file) {
    ScratchFile program("out");
    bool whole = options.emit == Emit::executable || options.emit == Emit::shared;
    if (!whole)
      linkProgram(options, host ? *host : targets.front(), file, program.path());
    Runnable runnable{whole ? file : program.path(), options.emit == Emit::shared,
                      expected.logits.columns, 60 + unsigned(10 * seconds.count()), ""};
    std::vector<Road> roads =
        chooseRoads(std::int64_t(expected.tokens.size()), source.plan.chunk, full);
    for (const std::string &variant : runnableVariants()) {
      runnable.variant = variant;
      bool onGpu = host && variant == targets.front().cpu;
      for (const Road &road : onGpu ? withoutThreads(roads) : roads) {
        check(runnable, road);
        ++runs;
      }
    }
    report();
  }

private:
  /// The code that this CPU runs. A program that has none of it, or one variant alone, says
  /// itself what is wrong.
  std::vector<std::string> runnableVariants() {
    if (host)
      return {targets.front().cpu, host->cpu};
    std::vector<std::string> names;
    if (targets.size() > 1)
      for (const Target &target : targets)
        (target.missingHere().empty() ? names : notRunnable).push_back(target.cpu);
    if (names.empty())
      names.emplace_back();
    return names;
  }

  [[noreturn]] void fail(const std::string &variant, const Road &road,
                         const std::string &why) const {
    std::string code = variant.empty() ? "" : "code for " + variant + ": ";
    throw Error(options.model + ": --verify: " + code + road.text() + ": " + why);
  }

  void check(const Runnable &runnable, const Road &road) {
    verify::Check check(expected);
    try {
      runnable.run(expected.tokens, road,
                   [&](std::int64_t position, std::span<const float> logits) {
                     check.see(position, logits);
                   });
    } catch (const Error &error) {
      fail(runnable.variant, road, error.what());
    }
    if (!check.passed())
      fail(runnable.variant, road, check.worst().text());
    greatest = std::max(greatest, check.greatest());
    ofBound = std::max(ofBound, check.worst().ofBound());
  }

  /// Says every few seconds how far the reference is.
  static verify::Progress sayProgress() {
    return [said = Clock::now()](double done) mutable {
      if (Clock::now() > said + std::chrono::seconds(5)) {
        said = Clock::now();
        errs() << formatv("criac: verify: {0:P0} of the f64 reference\n", done);
      }
    };
  }

  void report() const {
    auto tokens = std::int64_t(expected.tokens.size()), context = source.plan.max_seq;
    errs() << formatv(
        "verified: {0} of {1} positions of a context of {2}, {3} runs; greatest error "
        "{4:e1} of the greatest logit, {5:F2} of its bound",
        expected.positions.size(), tokens, context, runs, greatest, ofBound);
    if (tokens < context)
      errs() << "; no position from " << tokens << " on";
    auto unseen = [](const char *what, const std::optional<double> &reach) {
      if (!reach)
        errs() << "; it was not measured whether " << what << " shows";
      else if (*reach < 1)
        errs() << "; " << what << " would not show";
    };
    unseen("an eps that is off by 10 %", expected.ofEps);
    unseen("a rope theta that is off by 0.1 %", expected.ofTheta);
    if (host)
      errs() << "; code for " << targets.front().cpu << " and, beside it, " << host->cpu;
    for (const std::string &cpu : notRunnable)
      errs() << "; code for " << cpu << " does not run here";
    errs() << "\n";
  }

  const Options &options;
  bool full;
  Clock::time_point start = Clock::now();
  verify::Expected expected;
  std::chrono::duration<double> seconds; ///< that the reference took; compiled code is faster
  const Source &source;
  ArrayRef<Target> targets;
  const Target *host;
  std::vector<std::string> notRunnable;
  std::size_t runs = 0;
  double greatest = 0, ofBound = 0;
};

} // namespace

void checkRunnable(const Options &options, const Target &target) {
  if (target.isGpu()) {
    if (!isLinked(options.emit) && options.emit != Emit::object)
      throw Error("--verify: kernels alone cannot run here; --emit=exe, shared and obj have what "
                  "runs them");
    if (std::string why = missingGpu(target); !why.empty())
      throw Error("--verify: " + why);
  } else if (!target.isHost()) {
    throw Error("--verify: code for another machine cannot run here");
  }
}

void verifyOutput(const Options &options, const Source &source, ArrayRef<Target> targets,
                  const Target *host, const std::string &file) {
  Verification(options, source, targets, host).run(file);
}

} // namespace cria::driver

//===- Inspect.cpp - A compilation in the terminal ------------------------===//
#include "driver/Inspect.h"
#include "driver/Terminal.h"
#include "report/LineDiff.h"
#include "support/Flags.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace cria::driver {
namespace {

using report::KernelFacts;
using Lines = std::vector<std::string>;
using Color = raw_ostream::Colors;

/// Lines of context that a diff shows around a change.
constexpr std::size_t context = 3;

class Inspector {
public:
  Inspector(const report::Report &report, const Inspection &what) : report(report), what(what) {
    for (const KernelFacts &kernel : report.kernels)
      if (isAsked(kernel.name))
        kernels.push_back(&kernel);
    if (!what.kernel.empty() && kernels.empty())
      refuse("--kernel", what.kernel, kernelNames());
  }

  std::string text() {
    if (!what.pass.empty())
      return pass(stepCalled(what.pass));
    if (what.kernel.empty())
      return steps() + "\n" + table();
    std::string all;
    for (const KernelFacts *kernel : kernels)
      all += facts(*kernel) + "\n";
    return all;
  }

private:
  [[noreturn]] static void refuse(const char *flag, const std::string &name, const Lines &known) {
    throw UsageError(std::string(flag) + ": unknown " + (flag + 2) + " " + shown(name) +
                     suggest(name, known) + "; criac inspect without it lists them");
  }

  bool isAsked(StringRef kernel) const {
    return kernel == what.kernel || kernel.ends_with("." + what.kernel);
  }

  Lines kernelNames() const {
    Lines names;
    for (const KernelFacts &kernel : report.kernels)
      names.push_back(kernel.name);
    return names;
  }

  std::size_t stepCalled(StringRef name) const {
    Lines names;
    std::size_t number = 0;
    if (!name.getAsInteger(10, number) && number < report.steps.size())
      return number;
    for (std::size_t i = 0; i < report.steps.size(); ++i) {
      StringRef pass = names.emplace_back(report.steps[i].pass);
      if (pass == name || (pass.consume_front("cria-") && pass == name))
        return i;
    }
    refuse("--pass", name.str(), names);
  }

  std::string steps() const {
    std::string all = colored("passes", Color::CYAN) + "\n";
    for (auto [number, step] : enumerate(report.steps)) {
      std::string line = formatv("{0,3}  {1,-9}{2,-34}{3,9:F3} ms  {4}", number, step.phase,
                                 step.pass, step.seconds * 1e3, step.summary);
      all += (step.changed ? line : colored(line, Color::BRIGHT_BLACK)) + "\n";
    }
    return all;
  }

  static std::string amounts(const KernelFacts &kernel, std::int64_t rows) {
    Step at{rows, kernel.mostTokens};
    return formatv("{0,14:N0} B {1,16:N0} flop", report::valueOf(kernel.bytes, at),
                   report::valueOf(kernel.flops, at));
  }

  std::string table() const {
    std::string all = colored("kernels, each call at an empty cache", Color::CYAN) + "\n";
    for (const KernelFacts &kernel : report.kernels)
      all += formatv("{0,-34} x{1,-4}{2}{3}\n", kernel.name, kernel.times, amounts(kernel, 0),
                     kernel.launch.empty() ? "" : ", in the launch of " + kernel.launch);
    return all;
  }

  std::string facts(const KernelFacts &kernel) const {
    std::string all = colored(kernel.name, Color::CYAN) +
                      formatv(", {0} a call of {1}, {2} token{3} each\n",
                              kernel.times == 1 ? "once" : std::to_string(kernel.times) + " times",
                              kernel.entry, kernel.mostTokens, kernel.mostTokens == 1 ? "" : "s")
                          .str();
    for (const auto &[op, count] : kernel.ops)
      all += formatv("  {0} {1}\n", count, op);
    if (!kernel.launch.empty())
      all += "  in the launch of " + kernel.launch + "\n";
    if (!kernel.schedule.empty())
      all += "  " + kernel.schedule + "\n";
    for (std::int64_t rows : {0, 1024, 4096})
      all += formatv("  context {0,4}: {1}\n", rows, amounts(kernel, rows));
    if (kernel.loop)
      all += formatv(
          "  inner loop: {0} instructions, {1:F1} cycles a round, at least {2:F1} (llvm-mca)\n",
          kernel.loop->instructions, kernel.loop->cycles, kernel.loop->atLeast);
    flows(kernel, "reads", "from", kernel.reads, all);
    flows(kernel, "writes", "to", kernel.writes, all);
    return all + code(kernel);
  }

  static void flows(const KernelFacts &kernel, StringRef verb, StringRef side,
                    const std::vector<report::Flow> &all, std::string &text) {
    for (const report::Flow &flow : all)
      text += formatv("  {0} {1:N0} B {2} {3}: {4}\n", verb,
                      report::valueOf(flow.bytes, {0, kernel.mostTokens}), side, flow.memory,
                      flow.what);
  }

  /// The kernel's IR after the phase `schedule`, and its assembly.
  std::string code(const KernelFacts &kernel) const {
    std::string all;
    for (const report::Step &step : report.steps)
      if (step.pass == "cria-choose-schedule" || step.pass == "asm")
        all += "\n" + colored("after " + step.pass, Color::CYAN) + "\n" +
               join(linesOf(step, kernel.name), "\n") + "\n";
    return all;
  }

  /// The lines of the text of `step`: all, or those of `kernel`.
  Lines linesOf(const report::Step &step, StringRef kernel) const {
    Lines all, some;
    if (!step.text)
      return all;
    for (StringRef line : split(StringRef(report.texts[*step.text].content).rtrim('\n'), '\n'))
      all.push_back(line.str());
    if (kernel.empty())
      return all;
    for (const report::KernelLines &lines : step.lines)
      if (lines.kernel == kernel)
        some.insert(some.end(), all.begin() + lines.first,
                    all.begin() + std::min<std::int64_t>(lines.last + 1, all.size()));
    return some;
  }

  std::string pass(std::size_t number) const {
    const report::Step &step = report.steps[number];
    std::string title = formatv("{0} {1}: {2}{3}\n", step.phase, step.pass, step.summary,
                                step.changed ? "" : " (changed nothing)");
    std::string all = colored(title, Color::CYAN);
    if (what.kernel.empty())
      return all + part(number, "");
    for (const KernelFacts *kernel : kernels)
      all += part(number, kernel->name);
    return all;
  }

  std::string part(std::size_t number, StringRef kernel) const {
    Lines after = linesOf(report.steps[number], kernel);
    if (!what.diff || number == 0)
      return join(after, "\n") + "\n";
    return difference(linesOf(report.steps[number - 1], kernel), after);
  }

  static Lines comparable(const Lines &lines) {
    Lines all;
    for (const std::string &line : lines)
      all.push_back(report::withoutNumbers(line));
    return all;
  }

  static std::string difference(const Lines &before, const Lines &after) {
    auto same = report::sameLines(comparable(before), comparable(after));
    same.push_back({before.size(), after.size()});
    std::string all;
    std::size_t i = 0, j = 0, shown = 0; // the lines of `after` before `shown` are in the text
    std::size_t edge = 0;                // where the last change ended
    for (auto [nextI, nextJ] : same) {
      if (i < nextI || j < nextJ) {
        std::size_t from = j > shown + context ? j - context : shown;
        if (from > shown)
          all += formatv("@@ line {0} @@\n", from + 1);
        for (; from < j; ++from)
          all += "  " + after[from] + "\n";
        for (; i < nextI; ++i)
          all += colored("- " + before[i], Color::RED) + "\n";
        for (; j < nextJ; ++j)
          all += colored("+ " + after[j], Color::GREEN) + "\n";
        shown = edge = j;
      }
      if (j < edge + context && !all.empty() && j < after.size()) {
        all += "  " + after[j] + "\n";
        shown = j + 1;
      }
      i = nextI + 1;
      j = nextJ + 1;
    }
    return all;
  }

  const report::Report &report;
  const Inspection &what;
  std::vector<const KernelFacts *> kernels; ///< that are asked for
};

} // namespace

std::string inspect(const report::Report &report, const Inspection &what) {
  return Inspector(report, what).text();
}

} // namespace cria::driver

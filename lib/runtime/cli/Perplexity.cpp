//===- Perplexity.cpp - How well a model predicts a text ------------------===//
#include "runtime/cli/Perplexity.h"
#include "runtime/Fail.h"
#include "runtime/LogProb.h"
#include "runtime/Stopwatch.h"
#include "runtime/cli/Output.h"
#include "runtime/evaluate/Divergence.h"

namespace cria::rt {
namespace {

/// A line on standard error every few seconds, from the time on when it is clear that work is long.
class Progress {
public:
  Progress(const std::string &program, const Windows &windows, const Mean &loss)
      : program_(program), count_(windows.count()), loss_(loss) {}

  void operator()(int64_t done) {
    constexpr double interval = 5;
    double now = watch_.seconds();
    if (now < said_ + interval || done == count_)
      return;
    said_ = now;
    double left = now / static_cast<double>(done) * static_cast<double>(count_ - done);
    std::fputs(fmt::format("{}: {} of {} windows, perplexity {:.4f}, {:.0f} s left\n", program_,
                           done, count_, std::exp(loss_.value()), left)
                   .c_str(),
               stderr);
  }

private:
  const std::string &program_;
  int64_t count_;
  const Mean &loss_;
  Stopwatch watch_;
  double said_ = 0;
};

std::string extent(const Windows &windows) {
  int64_t count = windows.count();
  return fmt::format("over {} tokens: the second {} of {} of {}", count * windows.predicted(),
                     count == 1 ? "half" : "halves",
                     count == 1 ? "a window" : fmt::format("{} windows", count), windows.size);
}

} // namespace

void printPerplexity(Session &session, const Windows &windows, const std::string &base,
                     const std::string &program, const Session::Pause &pause) {
  Mean loss;
  std::optional<KlBaseWriter> writer;
  if (!base.empty())
    writer.emplace(base, windows, session.model().compiled().vocab);
  auto see = [&](std::span<const float> logits, int32_t next) {
    loss.add(logSumExp(logits) - logits[static_cast<size_t>(next)]);
    if (writer)
      writer->write(logits);
  };
  predict(session, windows, see, Progress(program, windows, loss), pause);
  if (writer)
    writer->commit();
  double value = std::exp(loss.value());
  writeOutput(
      fmt::format("perplexity {:.4f} ± {:.4f} {}\n", value, value * loss.error(), extent(windows)));
}

void printDivergence(Session &session, const KlBase &base, const std::string &program,
                     const Session::Pause &pause) {
  const Windows &windows = base.windows();
  Divergence divergence;
  int64_t at = 0;
  auto see = [&](std::span<const float> logits, int32_t next) {
    divergence.add(base.row(at++), logits, next);
  };
  predict(session, windows, see, Progress(program, windows, divergence.loss()), pause);
  writeOutput(extent(windows) + "\n" + divergence.text());
}

} // namespace cria::rt

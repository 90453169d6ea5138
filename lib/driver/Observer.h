//===- Observer.h - What a compilation tells while it runs ------*- C++ -*-===//
//
// A compilation is one stream of events: stages, passes, remarks, diagnostics, kernels. --time,
// --remarks, --dump-ir, --report and `criac inspect` each are an observer of it.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/Stopwatch.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <string>
#include <vector>

namespace cria::driver {

using rt::Stopwatch;

class Lowering;
struct FusionRemark;

/// Where an op begins in a text.
struct OpLine {
  std::int64_t line;      ///< counted from 0
  llvm::StringRef origin; ///< the name in its location: of a block of the model, or of a weight
};

/// How many ops of each dialect there are.
using OpCounts = std::map<std::string, std::int64_t>;

/// A pass that is done, or another step that made IR or code.
struct Step {
  std::string phase;   ///< such as "fuse", or "code" for what LLVM does
  std::string pass;    ///< as pipelines name it
  std::string summary; ///< what it does, in one line
  double seconds = 0;  ///< without what observers took
  /// The rest is known only if an observer reads IR.
  bool changed = true;                ///< whether the text is another than before
  llvm::StringRef text = {};          ///< all of the IR or code after the step
  llvm::StringRef extension = "mlir"; ///< of a file with `text`: mlir, ll or s
  llvm::ArrayRef<OpLine> ops = {};    ///< of IR as `text`, in order
  const OpCounts *counts = nullptr;   ///< of IR; null after translation to LLVM IR
};

class Observer {
public:
  virtual ~Observer() = default;

  /// Whether `stepped` needs the text of IR and code, which takes time to print.
  virtual bool readsIr() const { return false; }

  /// A stage is a phase, or what is before and after them: read, emit, translate, optimize,
  /// codegen, verify.
  virtual void began(llvm::StringRef stage) {}
  virtual void ended(llvm::StringRef stage, double seconds) {}
  /// Of passes, only if an observer reads IR: they run one by one then, and side by side else.
  virtual void stepped(const Step &step) {}
  virtual void remarked(const FusionRemark &remark) {}
  /// A message of a pass. If it is an error, the compilation ends with it.
  virtual void diagnosed(llvm::StringRef message) {}
  /// The phase `schedule` is done: the kernels of the module are those that run.
  virtual void scheduled(Lowering &lowering) {}
  /// All phases are done.
  virtual void lowered(Lowering &lowering) {}
};

/// Tells several observers, which must outlive it.
class Observers : public Observer {
public:
  void add(Observer &observer) { all.push_back(&observer); }

  bool readsIr() const override {
    for (const Observer *observer : all)
      if (observer->readsIr())
        return true;
    return false;
  }
  void began(llvm::StringRef stage) override { tell(&Observer::began, stage); }
  void ended(llvm::StringRef stage, double seconds) override {
    tell(&Observer::ended, stage, seconds);
  }
  void stepped(const Step &step) override { tell(&Observer::stepped, step); }
  void remarked(const FusionRemark &remark) override { tell(&Observer::remarked, remark); }
  void diagnosed(llvm::StringRef message) override { tell(&Observer::diagnosed, message); }
  void scheduled(Lowering &lowering) override { tell(&Observer::scheduled, lowering); }
  void lowered(Lowering &lowering) override { tell(&Observer::lowered, lowering); }

private:
  template <class... Parameters, class... Arguments>
  void tell(void (Observer::*event)(Parameters...), Arguments &&...arguments) {
    for (Observer *observer : all)
      (observer->*event)(arguments...);
  }
  std::vector<Observer *> all;
};

/// Runs `work` as a stage that `observer` is told of, also if it throws.
template <class Work>
auto inStage(Observer &observer, const std::string &stage, Work work) {
  struct End {
    Observer &observer;
    const std::string &stage;
    Stopwatch watch;
    ~End() { observer.ended(stage, watch.seconds()); }
  };
  observer.began(stage);
  End end{observer, stage, {}};
  return work();
}

} // namespace cria::driver

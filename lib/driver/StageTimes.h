//===- StageTimes.h - Duration of each stage --------------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {

/// What --time prints.
class StageTimes : public Observer {
public:
  /// Stages from now on are for `cpu`, one of several; empty: for all.
  void setCpu(const std::string &cpu) { suffix = cpu.empty() ? "" : " " + cpu; }

  void ended(llvm::StringRef stage, double seconds) override {
    stages.push_back({stage.str() + suffix, seconds});
  }

  void print(llvm::raw_ostream &stream) const {
    double total = 0;
    for (const auto &[name, seconds] : stages) {
      stream << llvm::format("%8.3f s  ", seconds) << name << "\n";
      total += seconds;
    }
    stream << llvm::format("%8.3f s  ", total) << "total\n";
  }

private:
  std::string suffix;
  std::vector<std::pair<std::string, double>> stages;
};

} // namespace cria::driver

//===- Timer.h - Duration of each stage -------------------------*- C++ -*-===//
#pragma once
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <string>
#include <vector>

namespace cria::driver {

class Timer {
public:
  /// Runs `work` and records its duration.
  template <typename Work>
  auto stage(std::string name, Work work) {
    struct Stop {
      Timer &timer;
      std::string name;
      std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
      ~Stop() {
        std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
        timer.stages.push_back({name, passed.count()});
      }
    } stop{*this, std::move(name)};
    return work();
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
  std::vector<std::pair<std::string, double>> stages;
};

} // namespace cria::driver

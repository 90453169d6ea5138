//===- CpuMachine.cpp - A model on this CPU -------------------------------===//
#include "bench/Machine.h"
#include "measure/Caches.h"
#include "measure/Probes.h"
#include "measure/Workbench.h"

namespace cria::bench {
namespace {

class CpuBed : public Bed {
public:
  CpuBed(const cria_model &model, measure::Probes &probes, const measure::UnitForm &unit)
      : model(model), probes(probes), unit(unit), workbench(model, probes.threads()) {}

  void resize(int threads) override { probes.threads().resize(threads); }
  double run(const measure::Point &point, rt::KernelProfile *profile) override {
    return workbench.run(model, point, profile);
  }
  double bandwidth() override { return probes.readBandwidth(probes.threads().size()); }
  std::optional<double> peak() override { return probes.peak(unit, probes.threads().size()); }

private:
  const cria_model &model;
  measure::Probes &probes;
  const measure::UnitForm &unit;
  measure::Workbench workbench;
};

class CpuMachine : public Machine {
public:
  CpuMachine(const Options &options, const driver::Source &source)
      : options(options), cpu(driver::makeTarget("native", "native")), probes(cpu),
        fastest(probes.fastestUnit(source.mainStorage())) {}

  const driver::Target &target() const override { return cpu; }
  std::string name() const override { return cpu.cpu; }
  std::string unit() const override { return fastest.unit; }
  double cacheBytes() const override { return double(measure::lastLevelCache()); }
  std::vector<std::int64_t> threads() const override { return options.threadsOr(all); }
  std::unique_ptr<Bed> open(const cria_model &model) override {
    return std::make_unique<CpuBed>(model, probes, fastest);
  }

private:
  const Options &options;
  driver::Target cpu;
  measure::Probes probes;
  std::int64_t all = probes.threads().size();
  const measure::UnitForm &fastest;
};

} // namespace

std::unique_ptr<Machine> cpuMachine(const Options &options, const driver::Source &source) {
  return std::make_unique<CpuMachine>(options, source);
}

} // namespace cria::bench

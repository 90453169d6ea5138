//===- GpuMachine.cpp - A model on a GPU ----------------------------------===//
#include "bench/Machine.h"
#include "measure/CopyBandwidth.h"
#include "measure/Synthetic.h"
#include "runtime/Session.h"
#include "runtime/Stopwatch.h"
#include "runtime/device/GpuDevice.h"

namespace cria::bench {
namespace {

/// A session as a program has it: what is timed ends when the likeliest token is on the
/// host.
class GpuBed : public Bed {
public:
  GpuBed(const cria_model &model, const rt::DeviceChoice &choice)
      : session(std::make_shared<const rt::Model>(model, "", "", choice)),
        copies(session.model().device()) {
    for (std::int64_t i = 0; i < model.max_seq; ++i)
      tokens.push_back(measure::syntheticToken(i, model));
    fillCaches(model);
  }

  void resize(int) override {}
  double run(const measure::Point &point, rt::KernelProfile *profile) override {
    double seconds = time(point, nullptr);
    if (profile) // in a run of its own: launches one by one take longer than a recorded step
      time(point, profile);
    return seconds;
  }
  double bandwidth() override { return copies.measure(); }
  std::optional<double> peak() override { return std::nullopt; }

private:
  double time(const measure::Point &point, rt::KernelProfile *profile) {
    std::span all(tokens);
    auto read = all.subspan(std::size_t(point.context), std::size_t(point.tokens));
    bool decode = point.entry == measure::Entry::decode;
    session.restore(all.first(std::size_t(point.context)), {});
    if (decode) {
      session.decode(read.front());
      session.truncate(point.context);
    }
    session.profile(profile);
    rt::Stopwatch watch;
    if (decode)
      std::ranges::for_each(read, [&](std::int32_t token) { session.decode(token); });
    else
      session.prefill(read);
    double seconds = watch.seconds();
    session.profile(nullptr);
    return seconds;
  }

  void fillCaches(const cria_model &model) const {
    rt::CacheRows rows = session.cacheRows(model.max_seq);
    std::size_t half = rows.count() / 2;
    for (std::size_t i = 0; const char *name : {"keys", "values"}) {
      rt::Mapping cache = measure::syntheticCache(model, name);
      for (std::size_t head = 0; head < half; ++head)
        rows.set(i++, cache.bytes().subspan(head * rows.bytes(), rows.bytes()));
    }
  }

  rt::Session session;
  measure::CopyBandwidth copies;
  std::vector<std::int32_t> tokens; ///< as many as a session takes
};

class GpuMachine : public Machine {
public:
  explicit GpuMachine(const Options &options)
      : choice(options.device), gpu(driver::makeTarget(options.compile.plan.target, "native")),
        cpu(driver::makeTarget("native", "native")) {
    std::vector<std::string> names = rt::gpuNames(*choice.api); // before anything is compiled
    if (std::size_t(choice.index) >= names.size())
      throw Error(fmt::format("--device: there is no GPU {}: this machine has {}", choice.index,
                              names.size()));
    found = names[std::size_t(choice.index)];
  }

  const driver::Target &target() const override { return gpu; }
  const driver::Target *host() const override { return &cpu; }
  std::string name() const override { return found + ", code for " + gpu.cpu; }
  std::string unit() const override { return ""; }
  std::vector<std::int64_t> threads() const override { return {0}; }
  std::unique_ptr<Bed> open(const cria_model &model) override {
    return std::make_unique<GpuBed>(model, choice);
  }

private:
  rt::DeviceChoice choice;
  driver::Target gpu, cpu;
  std::string found; ///< the GPU's name
};

} // namespace

std::unique_ptr<Machine> gpuMachine(const Options &options) {
  return std::make_unique<GpuMachine>(options);
}

} // namespace cria::bench

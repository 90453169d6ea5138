//===- GpuDevice.cpp - A GPU --------------------------------------------------===//
#include "runtime/device/GpuDevice.h"
#include "runtime/Fail.h"
#include "runtime/device/Devices.h"
#include "runtime/device/GpuClock.h"
#include "runtime/device/GpuDriver.h"
#include "runtime/device/PinnedUpload.h"
#include <algorithm>
#include <bit>
#include <cctype>
#include <cstring>

namespace cria::rt {
namespace {

GpuAddress addressOf(const void *memory) { return reinterpret_cast<GpuAddress>(memory); }
void *pointerTo(GpuAddress address) { return std::bit_cast<void *>(address); }

/// A GPU with one stream, in which everything runs in order. Any thread may use it.
class GpuDevice : public Device {
public:
  GpuDevice(const GpuApi &api, const cria_code &code, int index) : driver_(GpuDriver::get(api)) {
    if (int count = driver_.count(); index >= count)
      throw NoDevice(fmt::format("there is no GPU {}: this machine has {}", index, count));
    driver_.check(driver_.deviceGet(&device_, index), "the GPU cannot be opened");
    driver_.check(driver_.contextRetain(&context_, device_), "the GPU cannot be opened");
    enter();
    driver_.check(driver_.streamCreate(&stream_, GpuDriver::nonBlocking),
                  "the GPU cannot be opened");
    load(code);
  }
  ~GpuDevice() override {
    if (driver_.contextSet(context_) == 0) {
      pinned_.reset();
      driver_.moduleUnload(module_);
      driver_.streamDestroy(stream_);
    }
    driver_.contextRelease(device_);
  }

  std::size_t freeBytes() override {
    enter();
    std::size_t free = 0, total = 0;
    driver_.check(driver_.memoryInfo(&free, &total), "the memory of the GPU is not known");
    return free;
  }
  std::unique_ptr<Memory> allocate(std::size_t bytes, const char *what) override;
  std::unique_ptr<Memory> allocateHost(std::size_t bytes, const char *what) override;
  void upload(void *to, const void *from, std::size_t bytes) override {
    if (bytes >= PinnedUpload::least) {
      wait();
      if (!pinned_)
        pinned_ = std::make_unique<PinnedUpload>(driver_);
      return pinned_->copy(addressOf(to), static_cast<const std::byte *>(from), bytes);
    }
    copyIn(to, from, bytes);
    wait(); // the source may go
  }
  void download(void *to, const void *from, std::size_t bytes) override {
    copyOut(to, from, bytes);
    wait();
  }
  void copyIn(void *to, const void *from, std::size_t bytes) override {
    enter();
    driver_.check(driver_.copyToDevice(addressOf(to), from, bytes, stream_),
                  "a copy to the GPU failed");
  }
  void copyOut(void *to, const void *from, std::size_t bytes) override {
    enter();
    driver_.check(driver_.copyToHost(to, addressOf(from), bytes, stream_),
                  "a copy from the GPU failed");
  }
  void copy(void *to, const void *from, std::size_t bytes) override {
    enter();
    driver_.check(driver_.copyOnDevice(addressOf(to), addressOf(from), bytes, stream_),
                  "a copy on the GPU failed");
  }
  void launch(std::int64_t kernel, Blocks blocks, std::span<const std::uint64_t> words) override {
    enter();
    void *arguments[maxArguments];
    if (words.size() > maxArguments)
      fail("kernel {} has {} arguments", kernel, words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
      arguments[i] = const_cast<std::uint64_t *>(&words[i]);
    const GpuHandle function = functions_.at(static_cast<std::size_t>(kernel));
    const GpuLaunchAttribute early{.kind = GpuLaunchAttribute::early, .padding = {}, .number = 1};
    const GpuLaunch how{.blocks = {unsigned(blocks.x), unsigned(blocks.y), unsigned(blocks.z)},
                        .threads = {threads_, 1, 1},
                        .sharedBytes = 0,
                        .stream = stream_,
                        .attributes = &early,
                        .attributeCount = 1};
    int status = early_ ? driver_.launchWith(&how, function, arguments, nullptr)
                        : driver_.launch(function, how.blocks[0], how.blocks[1], how.blocks[2],
                                         threads_, 1, 1, 0, stream_, arguments, nullptr);
    driver_.check(status, "a kernel cannot be launched");
  }
  std::unique_ptr<Recording> record(const std::function<void()> &launches) override;
  void replay(Recording &recording) override;
  std::unique_ptr<LaunchClock> clock() override {
    enter();
    return std::make_unique<GpuClock>(driver_, context_, stream_);
  }
  void wait() override {
    enter();
    driver_.check(driver_.streamWait(stream_), "a kernel failed on the GPU");
  }

  /// Of the calling thread.
  void enter() const { driver_.check(driver_.contextSet(context_), "the GPU is lost"); }

private:
  static constexpr int threadLocal = 1; ///< a CUstreamCaptureMode: others may allocate
  static constexpr std::size_t maxArguments = 32;

  void load(const cria_code &code) {
    char name[256] = "";
    driver_.check(driver_.deviceName(name, sizeof name, device_), "the GPU has no name");
    if (int status = driver_.moduleLoad(&module_, code.image))
      driver_.check(status, fmt::format("{} cannot run code for {}", name, code.cpu).c_str());
    threads_ = unsigned(code.block_threads);
    early_ = code.early_launch && driver_.launchWith && recordsEarlyLaunches();
    for (const cria_kernel &kernel : std::span(code.kernels, std::size_t(code.kernel_count))) {
      std::string symbol = kernel.name;
      std::replace_if(
          symbol.begin(), symbol.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
      driver_.check(driver_.moduleFunction(&functions_.emplace_back(), module_, symbol.c_str()),
                    symbol.c_str());
    }
  }

  /// Whether a graph keeps what is special about such launches.
  bool recordsEarlyLaunches() const {
    constexpr int cuda12point3 = 12030;
    int version = 0;
    driver_.check(driver_.driverVersion(&version), "the version of the driver is not known");
    return version >= cuda12point3;
  }

  const GpuDriver &driver_;
  int device_ = 0;
  GpuHandle context_ = nullptr, stream_ = nullptr, module_ = nullptr;
  std::vector<GpuHandle> functions_; ///< of kernels, by number
  unsigned threads_ = 0;
  bool early_ = false; ///< whether kernels are launched before those ahead are done
  std::unique_ptr<PinnedUpload> pinned_; ///< once something large was copied

  friend class PinnedMemory;
  friend class GpuMemory;
  friend class GpuGraph;
};

class GpuGraph : public Recording {
public:
  GpuGraph(GpuDevice &owner, GpuHandle graph) : owner_(owner) {
    int status = owner_.driver_.graphInstantiate(&graph_, graph, 0);
    owner_.driver_.graphDestroy(graph);
    owner_.driver_.check(status, "the kernels of a step cannot be recorded");
  }
  ~GpuGraph() override {
    if (owner_.driver_.contextSet(owner_.context_) == 0)
      owner_.driver_.graphExecDestroy(graph_);
  }
  GpuHandle handle() const { return graph_; }

private:
  GpuDevice &owner_;
  GpuHandle graph_ = nullptr;
};

std::unique_ptr<Recording> GpuDevice::record(const std::function<void()> &launches) {
  enter();
  driver_.check(driver_.captureBegin(stream_, threadLocal),
                "the kernels of a step cannot be recorded");
  GpuHandle graph = nullptr;
  try {
    launches();
  } catch (...) {
    if (driver_.captureEnd(stream_, &graph) == 0 && graph)
      driver_.graphDestroy(graph);
    throw;
  }
  driver_.check(driver_.captureEnd(stream_, &graph), "the kernels of a step cannot be recorded");
  return std::make_unique<GpuGraph>(*this, graph);
}

void GpuDevice::replay(Recording &recording) {
  enter();
  driver_.check(driver_.graphLaunch(static_cast<GpuGraph &>(recording).handle(), stream_),
                "the kernels of a step cannot be launched");
}

/// Memory of the host that is pinned, so that the GPU copies it by itself.
class PinnedMemory : public Memory {
public:
  PinnedMemory(GpuDevice &owner, void *data, std::size_t bytes)
      : Memory(data, bytes), owner_(owner) {}
  ~PinnedMemory() override {
    if (owner_.driver_.contextSet(owner_.context_) == 0)
      owner_.driver_.hostFree(data());
  }

private:
  GpuDevice &owner_;
};

class GpuMemory : public Memory {
public:
  GpuMemory(GpuDevice &owner, GpuAddress at, std::size_t bytes)
      : Memory(pointerTo(at), bytes), owner_(owner) {}
  ~GpuMemory() override {
    if (owner_.driver_.contextSet(owner_.context_) == 0)
      owner_.driver_.memoryFree(addressOf(data()));
  }

private:
  GpuDevice &owner_;
};

std::unique_ptr<Memory> GpuDevice::allocate(std::size_t bytes, const char *what) {
  enter();
  if (std::size_t free = freeBytes(); bytes > free)
    fail("{}: {} MB, but {} MB are free on the GPU", what, bytes >> 20, free >> 20);
  GpuAddress at = 0;
  std::size_t least = std::max<std::size_t>(bytes, 1); // none is an error
  driver_.check(driver_.memoryAllocate(&at, least), what);
  auto memory = std::make_unique<GpuMemory>(*this, at, bytes);
  driver_.check(driver_.memorySet(at, 0, least, stream_), what);
  return memory;
}

std::unique_ptr<Memory> GpuDevice::allocateHost(std::size_t bytes, const char *what) {
  enter();
  void *data = nullptr;
  driver_.check(driver_.hostAllocate(&data, bytes, /*flags=*/0), what);
  std::memset(data, 0, bytes);
  return std::make_unique<PinnedMemory>(*this, data, bytes);
}

} // namespace

std::shared_ptr<Device> openGpu(const GpuApi &api, const cria_code &code, int index) {
  return std::make_shared<GpuDevice>(api, code, index);
}

std::vector<std::string> gpuNames(const GpuApi &api) {
  const GpuDriver &driver = GpuDriver::get(api);
  std::vector<std::string> names;
  for (int i = 0; i < driver.count(); ++i) {
    int device = 0;
    char name[256] = "";
    driver.check(driver.deviceGet(&device, i), "the GPU cannot be opened");
    driver.check(driver.deviceName(name, sizeof name, device), "the GPU has no name");
    names.emplace_back(name);
  }
  return names;
}

} // namespace cria::rt

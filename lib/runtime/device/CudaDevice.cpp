//===- CudaDevice.cpp - An NVIDIA GPU -------------------------------------===//
#include "runtime/device/CudaDevice.h"
#include "runtime/Fail.h"
#include "runtime/device/CudaDriver.h"
#include "runtime/device/Devices.h"
#include <algorithm>
#include <bit>

namespace cria::rt {
namespace {

CudaAddress addressOf(const void *memory) { return reinterpret_cast<CudaAddress>(memory); }
void *pointerTo(CudaAddress address) { return std::bit_cast<void *>(address); }

/// A GPU with one stream, in which everything runs in order. Any thread may use it, once it has
/// copied something there: that makes the GPU its own.
class CudaDevice : public Device {
public:
  CudaDevice(const cria_code &code, int index) : cu_(CudaDriver::get()) {
    int count = 0;
    cu_.check(cu_.deviceCount(&count), "NVIDIA GPUs cannot be counted");
    if (index >= count)
      throw NoDevice(fmt::format("there is no GPU {}: this machine has {}", index, count));
    cu_.check(cu_.deviceGet(&device_, index), "the GPU cannot be opened");
    cu_.check(cu_.contextRetain(&context_, device_), "the GPU cannot be opened");
    enter();
    cu_.check(cu_.streamCreate(&stream_, nonBlocking), "the GPU cannot be opened");
    load(code);
  }
  ~CudaDevice() override {
    if (cu_.contextSet(context_) == 0) {
      cu_.moduleUnload(module_);
      cu_.streamDestroy(stream_);
    }
    cu_.contextRelease(device_);
  }

  std::size_t freeBytes() override {
    enter();
    std::size_t free = 0, total = 0;
    cu_.check(cu_.memoryInfo(&free, &total), "the memory of the GPU is not known");
    return free;
  }
  std::unique_ptr<Memory> allocate(std::size_t bytes, const char *what) override;
  void upload(void *to, const void *from, std::size_t bytes) override {
    enter();
    cu_.check(cu_.copyToDevice(addressOf(to), from, bytes, stream_), "a copy to the GPU failed");
    wait(); // the source may go
  }
  void download(void *to, const void *from, std::size_t bytes) override {
    enter();
    cu_.check(cu_.copyToHost(to, addressOf(from), bytes, stream_), "a copy from the GPU failed");
    wait();
  }
  void launch(std::int64_t kernel, Blocks blocks, std::span<const std::uint64_t> words) override {
    void *arguments[maxArguments];
    if (words.size() > maxArguments)
      fail("kernel {} has {} arguments", kernel, words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
      arguments[i] = const_cast<std::uint64_t *>(&words[i]);
    const CudaHandle function = functions_.at(static_cast<std::size_t>(kernel));
    cu_.check(cu_.launch(function, unsigned(blocks.x), unsigned(blocks.y), unsigned(blocks.z),
                         threads_, 1, 1, 0, stream_, arguments, nullptr),
              "a kernel cannot be launched");
  }
  std::unique_ptr<Recording> record(const std::function<void()> &launches) override;
  void replay(Recording &recording) override;
  void wait() override {
    enter();
    cu_.check(cu_.streamWait(stream_), "a kernel failed on the GPU");
  }

  /// Of the calling thread.
  void enter() const { cu_.check(cu_.contextSet(context_), "the GPU is lost"); }
  const CudaDriver &driver() const { return cu_; }

private:
  static constexpr unsigned nonBlocking = 1; ///< a CUstream_flags
  static constexpr int threadLocal = 1;      ///< a CUstreamCaptureMode: others may allocate
  static constexpr std::size_t maxArguments = 32;

  void load(const cria_code &code) {
    char name[256] = "";
    cu_.check(cu_.deviceName(name, sizeof name, device_), "the GPU has no name");
    if (int status = cu_.moduleLoad(&module_, code.image))
      cu_.check(status, fmt::format("{} cannot run code for {}", name, code.cpu).c_str());
    threads_ = unsigned(code.block_threads);
    for (const cria_kernel &kernel : std::span(code.kernels, std::size_t(code.kernel_count))) {
      std::string symbol = kernel.name;
      std::replace(symbol.begin(), symbol.end(), '.', '_');
      cu_.check(cu_.moduleFunction(&functions_.emplace_back(), module_, symbol.c_str()),
                symbol.c_str());
    }
  }

  const CudaDriver &cu_;
  int device_ = 0;
  CudaHandle context_ = nullptr, stream_ = nullptr, module_ = nullptr;
  std::vector<CudaHandle> functions_; ///< of kernels, by number
  unsigned threads_ = 0;

  friend class CudaMemory;
  friend class CudaGraph;
};

class CudaGraph : public Recording {
public:
  CudaGraph(CudaDevice &owner, CudaHandle graph) : owner_(owner) {
    int status = owner_.cu_.graphInstantiate(&graph_, graph, 0);
    owner_.cu_.graphDestroy(graph);
    owner_.cu_.check(status, "the kernels of a step cannot be recorded");
  }
  ~CudaGraph() override {
    if (owner_.cu_.contextSet(owner_.context_) == 0)
      owner_.cu_.graphExecDestroy(graph_);
  }
  CudaHandle handle() const { return graph_; }

private:
  CudaDevice &owner_;
  CudaHandle graph_ = nullptr;
};

std::unique_ptr<Recording> CudaDevice::record(const std::function<void()> &launches) {
  enter();
  cu_.check(cu_.captureBegin(stream_, threadLocal), "the kernels of a step cannot be recorded");
  CudaHandle graph = nullptr;
  try {
    launches();
  } catch (...) {
    if (cu_.captureEnd(stream_, &graph) == 0 && graph)
      cu_.graphDestroy(graph);
    throw;
  }
  cu_.check(cu_.captureEnd(stream_, &graph), "the kernels of a step cannot be recorded");
  return std::make_unique<CudaGraph>(*this, graph);
}

void CudaDevice::replay(Recording &recording) {
  enter();
  cu_.check(cu_.graphLaunch(static_cast<CudaGraph &>(recording).handle(), stream_),
            "the kernels of a step cannot be launched");
}

class CudaMemory : public Memory {
public:
  CudaMemory(CudaDevice &owner, CudaAddress at, std::size_t bytes)
      : Memory(pointerTo(at), bytes), owner_(owner) {}
  ~CudaMemory() override {
    if (owner_.cu_.contextSet(owner_.context_) == 0)
      owner_.cu_.memoryFree(addressOf(data()));
  }

private:
  CudaDevice &owner_;
};

std::unique_ptr<Memory> CudaDevice::allocate(std::size_t bytes, const char *what) {
  enter();
  if (std::size_t free = freeBytes(); bytes > free)
    fail("{}: {} MB, but {} MB are free on the GPU", what, bytes >> 20, free >> 20);
  CudaAddress at = 0;
  std::size_t least = std::max<std::size_t>(bytes, 1); // none is an error
  cu_.check(cu_.memoryAllocate(&at, least), what);
  auto memory = std::make_unique<CudaMemory>(*this, at, bytes);
  cu_.check(cu_.memorySet(at, 0, least, stream_), what);
  return memory;
}

} // namespace

std::shared_ptr<Device> openCuda(const cria_code &code, int index) {
  return std::make_shared<CudaDevice>(code, index);
}

std::vector<std::string> cudaDevices() {
  const CudaDriver &cu = CudaDriver::get();
  int count = 0;
  cu.check(cu.deviceCount(&count), "NVIDIA GPUs cannot be counted");
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) {
    int device = 0;
    char name[256] = "";
    cu.check(cu.deviceGet(&device, i), "the GPU cannot be opened");
    cu.check(cu.deviceName(name, sizeof name, device), "the GPU has no name");
    names.emplace_back(name);
  }
  return names;
}

} // namespace cria::rt

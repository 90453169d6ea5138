//===- Device.cpp - What runs kernels and has their memory ----------------===//
#include "runtime/device/Device.h"
#include "runtime/Mapping.h"
#include <cstdint>
#include <cstring>

namespace cria::rt {
namespace {

class HostMemory : public Memory {
public:
  explicit HostMemory(Mapping mapping)
      : Memory(mapping.data(), mapping.size()), mapping_(std::move(mapping)) {}

private:
  Mapping mapping_;
};

class HostDevice : public Device {
public:
  bool isHost() const override { return true; }
  std::size_t freeBytes() override { return SIZE_MAX; } // the system says when it has no more
  std::unique_ptr<Memory> allocate(std::size_t bytes, const char *what) override {
    return std::make_unique<HostMemory>(Mapping::zeros(bytes, what));
  }
  std::unique_ptr<Memory> allocateHost(std::size_t bytes, const char *what) override {
    return allocate(bytes, what);
  }
  void upload(void *to, const void *from, std::size_t bytes) override {
    std::memcpy(to, from, bytes);
  }
  void download(void *to, const void *from, std::size_t bytes) override {
    std::memcpy(to, from, bytes);
  }
  void copyIn(void *to, const void *from, std::size_t bytes) override { upload(to, from, bytes); }
  void copyOut(void *to, const void *from, std::size_t bytes) override {
    download(to, from, bytes);
  }
  void copy(void *to, const void *from, std::size_t bytes) override {
    std::memcpy(to, from, bytes);
  }
  void launch(std::int64_t, Blocks, std::span<const std::uint64_t>) override {} // a team calls them
  std::unique_ptr<Recording> record(const std::function<void()> &) override { return nullptr; }
  void replay(Recording &) override {}
  void wait() override {}
};

} // namespace

std::shared_ptr<Device> hostDevice() {
  static auto device = std::make_shared<HostDevice>();
  return device;
}

Mirror::Mirror(Device &device, std::size_t bytes, const char *what)
    : owner_(device), memory_(device.allocate(bytes, what)),
      copy_(device.isHost() ? nullptr : device.allocateHost(bytes, what)) {}

void Mirror::copyIn(std::size_t bytes) const {
  if (copy_)
    owner_.copyIn(memory_->data(), copy_->data(), bytes);
}

void Mirror::copyOut(std::size_t bytes) const {
  if (copy_)
    owner_.copyOut(copy_->data(), memory_->data(), bytes);
}

} // namespace cria::rt

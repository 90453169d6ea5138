//===- Device.h - What runs kernels and has their memory --------*- C++ -*-===//
#pragma once
#include "runtime/device/LaunchClock.h"
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace cria::rt {

/// Memory of a device; freed when it goes.
class Memory {
public:
  virtual ~Memory() = default;
  Memory(const Memory &) = delete;
  Memory &operator=(const Memory &) = delete;

  /// An address for code of the device, and for the host if the device is the host.
  std::byte *data() const { return data_; }
  std::size_t size() const { return size_; }
  template <class T>
  T *as() const {
    return reinterpret_cast<T *>(data_);
  }

protected:
  Memory(void *data, std::size_t size) : data_(static_cast<std::byte *>(data)), size_(size) {}

private:
  std::byte *data_;
  std::size_t size_;
};

/// Blocks of a launch, in each dimension.
struct Blocks {
  std::int64_t x, y, z;
};

/// Launches and copies of a device, in their order.
class Recording {
public:
  virtual ~Recording() = default;
};

/// The cores of this machine, or a GPU.
class Device {
public:
  virtual ~Device() = default;

  /// Whether its code runs on this machine's cores, as a team of threads, and its memory is that of
  /// the process.
  virtual bool isHost() const { return false; }
  /// Bytes of memory that nothing has.
  virtual std::size_t freeBytes() = 0;
  /// Zeros. Throws a cria::Error, which calls the memory `what`.
  virtual std::unique_ptr<Memory> allocate(std::size_t bytes, const char *what) = 0;
  /// The same in the host's memory, for the two copies below.
  virtual std::unique_ptr<Memory> allocateHost(std::size_t bytes, const char *what) = 0;
  /// Copies after all kernels that were launched before; is done when it returns.
  virtual void upload(void *to, const void *from, std::size_t bytes) = 0;
  virtual void download(void *to, const void *from, std::size_t bytes) = 0;
  /// Copies between the device and memory of allocateHost, in order with launches, which do not
  /// wait for it.
  virtual void copyIn(void *to, const void *from, std::size_t bytes) = 0;
  virtual void copyOut(void *to, const void *from, std::size_t bytes) = 0;
  /// Copies within its memory, after the kernels that were launched before; is not waited for.
  virtual void copy(void *to, const void *from, std::size_t bytes) = 0;
  /// Runs kernel number `kernel` of the code that the device was opened for, after those launched
  /// before.
  virtual void launch(std::int64_t kernel, Blocks blocks, std::span<const std::uint64_t> words) = 0;
  /// What `work` launches and copies in and out, to be run again and again; nothing of it runs
  /// now.
  virtual std::unique_ptr<Recording> record(const std::function<void()> &work) = 0;
  /// Runs it, after the kernels launched before.
  virtual void replay(Recording &recording) = 0;
  /// A clock for launches on one thread; null if kernels are not launched.
  virtual std::unique_ptr<LaunchClock> clock() { return nullptr; }
  /// Waits for all kernels and copies. Throws a cria::Error if one failed.
  virtual void wait() = 0;
};

/// This machine.
std::shared_ptr<Device> hostDevice();

/// An array that both the host and the device have: one and the same where the device is the host.
class Mirror {
public:
  Mirror(Device &device, std::size_t bytes, const char *what);

  template <class T>
  T *host() const {
    return (copy_ ? copy_ : memory_)->as<T>();
  }
  template <class T>
  T *device() const {
    return memory_->as<T>();
  }
  /// Copies the first `bytes` bytes to the device, or from it, as `copyIn` and `copyOut` do.
  void copyIn(std::size_t bytes) const;
  void copyOut(std::size_t bytes) const;

private:
  Device &owner_;
  std::unique_ptr<Memory> memory_, copy_;
};

} // namespace cria::rt

//===- Stored.cpp - Tensors in mapped files, for the reference ------------===//
#include "verify/Stored.h"
#include "storage/Packed.h"
#include "support/Error.h"
#include <algorithm>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cria::verify {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const fs::path &file, const std::string &why) {
  throw Error(file.string() + ": " + why);
}

class StoredTensor : public Tensor {
public:
  StoredTensor(Format format, const unsigned char *data) : format(format), data(data) {}
  void read(std::int64_t row, std::span<double> out) const override {
    const unsigned char *at = data + row * std::int64_t(out.size()) * bytesOf(format);
    for (double &value : out) {
      // A model is computed in f32: weights of f64 are rounded to it when they are loaded.
      value = format == Format::f64 ? rounded(Format::f32, decode(format, at)) : decode(format, at);
      at += bytesOf(format);
    }
  }

private:
  Format format;
  const unsigned char *data;
};

class StoredBlocks : public Tensor {
public:
  StoredBlocks(const storage::Storage &storage, bool packed, const unsigned char *data)
      : storage(storage), packed(packed), data(reinterpret_cast<const std::byte *>(data)) {}
  void read(std::int64_t row, std::span<double> out) const override {
    std::vector<float> values(out.size());
    if (packed)
      storage::decodePackedRow(storage, data, row, values);
    else
      storage.codec.decode(data + row * storage.bytesOf(std::int64_t(out.size())), values);
    std::ranges::copy(values, out.begin());
  }
  bool inBlocks() const override { return true; }

private:
  const storage::Storage &storage;
  bool packed;
  const std::byte *data;
};

} // namespace

Mapped mapFile(const fs::path &file) {
  int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status{};
  if (descriptor < 0 || fstat(descriptor, &status) != 0 || status.st_size < 8) {
    if (descriptor >= 0)
      close(descriptor);
    refuse(file, "cannot be read, or is too short for a file of weights");
  }
  std::size_t size = std::size_t(status.st_size);
  void *data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  close(descriptor);
  if (data == MAP_FAILED)
    refuse(file, "cannot be mapped");
  return {{data, [size](void *at) { munmap(at, size); }},
          {static_cast<const unsigned char *>(data), size}};
}

std::unique_ptr<Tensor> storedTensor(Format format, const unsigned char *data) {
  return std::make_unique<StoredTensor>(format, data);
}

std::unique_ptr<Tensor> storedTensor(const storage::Storage &storage, bool packed,
                                     const unsigned char *data) {
  return std::make_unique<StoredBlocks>(storage, packed, data);
}

} // namespace cria::verify

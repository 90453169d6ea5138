//===- DeviceTest.cpp - Memory of devices ---------------------------------===//
#include "TestSupport.h"
#include "catch2/catch.hpp"
#include "runtime/CacheRows.h"
#include "runtime/Fail.h"
#include "runtime/device/DeviceWeights.h"
#include "runtime/device/Devices.h"
#include "runtime/device/MemoryNeed.h"
#include <cstring>
#include <vector>

using namespace cria::rt;

namespace {

/// A device whose memory the host must not use: it is all elsewhere, and addresses are numbers.
class FarDevice : public Device {
public:
  std::size_t freeBytes() override { return 1 << 20; }
  std::unique_ptr<Memory> allocate(std::size_t bytes, const char *) override {
    auto memory = std::make_unique<FarMemory>(next, bytes);
    next += bytes;
    return memory;
  }
  void upload(void *to, const void *from, std::size_t bytes) override {
    std::memcpy(&store[reinterpret_cast<std::size_t>(to)], from, bytes);
  }
  void download(void *to, const void *from, std::size_t bytes) override {
    std::memcpy(to, &store[reinterpret_cast<std::size_t>(from)], bytes);
  }
  std::unique_ptr<Memory> allocateHost(std::size_t bytes, const char *what) override {
    return hostDevice()->allocate(bytes, what);
  }
  void copyIn(void *to, const void *from, std::size_t bytes) override { upload(to, from, bytes); }
  void copyOut(void *to, const void *from, std::size_t bytes) override {
    download(to, from, bytes);
  }
  void copy(void *to, const void *from, std::size_t bytes) override {
    std::memcpy(&store[reinterpret_cast<std::size_t>(to)],
                &store[reinterpret_cast<std::size_t>(from)], bytes);
  }
  void launch(std::int64_t, Blocks, std::span<const std::uint64_t>) override {}
  std::unique_ptr<Recording> record(const std::function<void()> &) override { return nullptr; }
  void replay(Recording &) override {}
  void wait() override {}

  std::vector<std::byte> store = std::vector<std::byte>(1 << 16);

private:
  struct FarMemory : Memory {
    FarMemory(std::size_t at, std::size_t bytes) : Memory(reinterpret_cast<void *>(at), bytes) {}
  };
  std::size_t next = 256;
};

cria_model modelOf(std::span<const cria_param> params) {
  cria_model model{};
  model.name = "m";
  model.layers = 2;
  model.kv_heads = 3;
  model.head_dim = 8;
  model.max_seq = 1000;
  model.kv_dtype = CRIA_F32;
  model.param_count = std::int64_t(params.size());
  model.params = params.data();
  for (const cria_param &param : params)
    model.weight_slots += param.count;
  return model;
}

} // namespace

TEST_CASE("an array on the host and on a device is one on the host alone") {
  Mirror mirror(*hostDevice(), 16, "test");
  CHECK(mirror.host<int>() == mirror.device<int>());
  mirror.host<int>()[3] = 7;
  mirror.copyIn(16);
  mirror.copyOut(16);
  CHECK(mirror.host<int>()[3] == 7);
}

TEST_CASE("an array is copied to a device and back") {
  FarDevice device;
  Mirror mirror(device, 16, "test");
  int *host = mirror.host<int>();
  for (int i = 0; i < 4; ++i)
    host[i] = i + 1;
  mirror.copyIn(12);
  std::memset(host, 0, 16);
  mirror.copyOut(16);
  CHECK(std::vector<int>(host, host + 4) == std::vector<int>{1, 2, 3, 0});
}

TEST_CASE("rows of a cache are read and written wherever they are") {
  FarDevice far;
  for (Device *device : {static_cast<Device *>(&far), hostDevice().get()}) {
    auto keys = device->allocate(24, "keys"), values = device->allocate(24, "values");
    CacheRows rows(*device, *keys, *values, 12, 8);
    REQUIRE(rows.count() == 4);
    CHECK(rows.bytes() == 8);
    for (std::size_t i = 0; i < rows.count(); ++i)
      rows.set(i, std::vector(8, std::byte(i + 1)));
    for (std::size_t i = 0; i < rows.count(); ++i)
      CHECK(std::ranges::equal(rows.get(i), std::vector(8, std::byte(i + 1))));
    std::byte all[24];
    device->download(all, values->data(), sizeof all);
    CHECK(all[7] == std::byte(3));
    CHECK(all[8] == std::byte(0)); // between ranges nothing is written
    CHECK(all[12] == std::byte(4));
  }
}

TEST_CASE("weights are copied to a device, each aligned, and so is their table") {
  const cria_param params[] = {{"a.{}", CRIA_F32, 1, {3, 1}, 2, 0, 0, 0},
                               {"b", CRIA_BF16, 2, {2, 5}, 1, 2, 0}};
  cria_model model = modelOf(params);
  model.has_random_seed = 1;
  Weights weights(model, 5);
  FarDevice device;
  DeviceWeights there(device, model, weights);
  CHECK(DeviceWeights::bytesFor(model) == 3 * 256);
  const void *table[3];
  device.download(table, there.table(), sizeof table);
  for (int i = 0; i < 3; ++i) {
    INFO(i);
    std::size_t at = reinterpret_cast<std::size_t>(table[i]), bytes = i < 2 ? 12 : 20;
    CHECK(at % 256 == 0);
    CHECK(std::memcmp(&device.store[at], weights.table()[i], bytes) == 0);
  }
  DeviceWeights here(*hostDevice(), model, weights);
  CHECK(here.table() == weights.table());
  std::vector<std::size_t> done;
  DeviceWeights seen(device, model, weights, [&](std::size_t now, std::size_t all) {
    done.push_back(now);
    CHECK(all == 44);
  });
  CHECK(done == std::vector<std::size_t>{0, 12, 24, 44});
}

TEST_CASE("too little memory of a device is said in parts, with what would fit") {
  const cria_param params[] = {{"a", CRIA_F32, 2, {1024, 1024}, 1, 0, 0, 0}};
  cria_model model = modelOf(params);
  cria_code code{};
  code.workspace_bytes = 1 << 20;
  requireMemory(model, code, 6 << 20);
  using Catch::Matchers::Equals;
  CHECK_THROWS_WITH(requireMemory(model, code, (5 << 20) + 38400),
                    Equals("m takes 6 MB of the GPU's memory: 4 for weights, 1 for keys and values "
                           "of 1000 tokens, 1 for the rest; 5 are free, which are enough for criac "
                           "--max-seq=100"));
  CHECK_THROWS_WITH(requireMemory(model, code, 1 << 20),
                    Equals("m takes 6 MB of the GPU's memory: 4 for weights, 1 for keys and values "
                           "of 1000 tokens, 1 for the rest; 1 are free"));
}

TEST_CASE("without a GPU the code for the CPU is taken, with a note") {
  cria_model model = fake::descriptor();
  std::vector<cria_code> codes(2, *model.variants);
  codes[0].cpu = "sm_80";
  codes[0].device = "cuda";
  codes[0].image = "no kernels";
  model.variants = codes.data();
  model.variant_count = 2;
  bool driver = listDevices(model).find("no NVIDIA driver") == std::string::npos;
  if (driver)
    return; // what it makes of such kernels is its own
  CodeOnDevice chosen = chooseCode(model, "", {});
  CHECK(&chosen.code == &codes[1]);
  CHECK(chosen.device->isHost());
  CHECK_THAT(chosen.note, Catch::Matchers::StartsWith("no NVIDIA driver on this machine: ") &&
                              Catch::Matchers::EndsWith("; the CPU is used"));
  CHECK(chooseCode(model, "", {DeviceChoice::cpu}).note.empty());
  CHECK_THROWS_AS(chooseCode(model, "", {DeviceChoice::gpu, findGpuApi("cuda")}), NoDevice);
  CHECK_THROWS_WITH(
      chooseCode(model, "", {DeviceChoice::gpu, findGpuApi("hip")}),
      Catch::Matchers::Equals("--device: this program has no code for AMD GPUs; criac "
                              "--target=amd makes some"));
  CHECK_THROWS_AS(chooseCode(model, "sm_80", {}), NoDevice);
  codes[0].device = "abacus";
  CHECK_THROWS_WITH(chooseCode(model, "", {}), Catch::Matchers::Contains("a device \"abacus\""));
  codes[0].device = "cuda";
  model.variant_count = 1; // for a GPU alone
  CHECK_THROWS_AS(chooseCode(model, "", {}), NoDevice);
}

TEST_CASE("a program without code for GPUs says so") {
  cria_model model = fake::descriptor();
  CHECK(listDevices(model) == "cpu     code for generic\ncuda    no code for NVIDIA GPUs\n"
                              "hip     no code for AMD GPUs\n");
  for (const GpuApi &api : gpuApis())
    CHECK_THROWS_WITH(chooseCode(model, "", {DeviceChoice::gpu, &api}),
                      Catch::Matchers::StartsWith("--device: this program has no code for " +
                                                  std::string(api.vendor)));
}

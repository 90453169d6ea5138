//===- CpuFeaturesRiscv.cpp - Features of RISC-V and how to probe them ----===//
#include "runtime/CpuCheck.h"

#if defined(__riscv)
#include <charconv>
#include <cstdint>
#include <sys/auxv.h>
#include <unistd.h>

namespace cria::rt {
namespace {

/// An extension of one letter: the bits of Linux's hwcap word, which are ABI.
bool hasLetter(char letter) { return (getauxval(AT_HWCAP) >> (letter - 'a') & 1) != 0; }

/// The width of a vector register. Only where there is one: the register does not exist elsewhere.
uint64_t vectorBits() {
  uint64_t bytes;
  __asm__(".option push\n.option arch, +v\ncsrr %0, vlenb\n.option pop" : "=r"(bytes));
  return 8 * bytes;
}

/// Extensions that Linux tells of by riscv_hwprobe, from 6.5 on; nothing is told before.
uint64_t probed() {
  constexpr long hwprobe = 258;
  struct {
    int64_t key;
    uint64_t value;
  } pair{4, 0}; // RISCV_HWPROBE_KEY_IMA_EXT_0
  return syscall(hwprobe, &pair, 1, 0, nullptr, 0) == 0 ? pair.value : 0;
}

constexpr struct {
  std::string_view name;
  int bit;
} extensions[] = {{"zba", 3},   {"zbb", 4},      {"zbs", 5},  {"zfh", 27},   {"zfhmin", 28},
                  {"zvfh", 30}, {"zvfhmin", 31}, {"zfa", 32}, {"zicond", 35}};

} // namespace

std::optional<bool> cpuHas(std::string_view name) {
  constexpr std::string_view letters = "imafdcv";
  if (name.size() == 1 && letters.find(name) != letters.npos)
    return hasLetter(name[0]);
  for (const auto &extension : extensions)
    if (extension.name == name)
      return (probed() >> extension.bit & 1) != 0;
  uint64_t least = 0; // of "zvl256b"
  if (name.starts_with("zvl") && name.ends_with("b")) {
    std::from_chars(name.data() + 3, name.data() + name.size(), least);
    return hasLetter('v') && vectorBits() >= least;
  }
  return std::nullopt;
}

} // namespace cria::rt

#endif

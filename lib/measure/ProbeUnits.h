//===- ProbeUnits.h - Multiplying units of this machine ---------*- C++ -*-===//
#pragma once
#include "driver/Target.h"
#include "llvm/IR/Intrinsics.h"

namespace cria::measure {

/// What a unit multiplies. Sums are f32, or i32 for int8.
enum class Operand { f32, bf16, int8 };

/// One instruction that multiplies and adds.
struct UnitForm {
  const char *unit; ///< the name that schedules use: "fma", "dot_bf16", ...
  Operand operand;
  llvm::Triple::ArchType arch; ///< UnknownArch: any
  const char *feature;         ///< of LLVM's CPU features, that it needs; empty: none
  llvm::Intrinsic::ID intrinsic;
  std::int64_t bits;       ///< width of the vectors, or of all rows of a tile
  std::int64_t operations; ///< per 32 bits of a vector of sums; a multiply-add is two

  /// Whether it multiplies tiles.
  bool ofTiles() const;
  std::int64_t operationsPerVector() const { return bits / 32 * operations; }
  /// Its name in the module.
  std::string function() const;
};

/// Those that the CPU of `target` has. A unit may have several, of different widths.
std::vector<UnitForm> unitForms(const driver::Target &target);

/// Emits `void NAME(i64 rounds, ptr sum)`: each round multiplies and adds `chains` vectors, whose
/// sum is stored in the end, or as many tiles, which are stored one behind the other.
void addUnit(llvm::Module &module, const TargetInfo &info, const UnitForm &form);

/// Number of independent vectors, enough to hide latencies: all registers but those for operands.
/// A multiple of four.
std::int64_t chains(const TargetInfo &info);
std::int64_t chains(const TargetInfo &info, const UnitForm &form);

} // namespace cria::measure

//===- OpenMpSettings.h - OMP_NUM_THREADS and the like ----------*- C++ -*-===//
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

/// Why libomp would abort, hang or run out of memory on `value` of the variable `name` (OMP_* or
/// KMP_*); empty if it would not. OMP_NUM_THREADS is a list of thread counts with commas:
/// OpenMP 5.2, section 21.1.2.
std::string settingFault(std::string_view name, std::string_view value);

/// Takes the variables at fault out of the environment while it lives.
class HiddenSettings {
public:
  HiddenSettings();
  ~HiddenSettings();
  HiddenSettings(const HiddenSettings &) = delete;

  /// A line for each that is hidden.
  std::vector<std::string> notes() const;

private:
  struct Setting {
    std::string name, value, fault;
  };
  std::vector<Setting> hidden;
};

} // namespace cria::rt

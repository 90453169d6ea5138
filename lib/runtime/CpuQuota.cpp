//===- CpuQuota.cpp - Processor time that a container may use -------------===//
#include "runtime/CpuQuota.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace cria::rt {
namespace {

namespace fs = std::filesystem;

double numberIn(const fs::path &file) {
  double value = 0;
  std::ifstream(file) >> value;
  return value;
}

/// Microseconds of processor time per microsecond in group `folder` itself; 0 if unlimited.
double quotaOf(const fs::path &folder) {
  // v2: "max 100000" or "150000 100000".
  if (std::ifstream file(folder / "cpu.max"); file) {
    double quota = 0, period = 0;
    return file >> quota >> period && period > 0 ? quota / period : 0;
  }
  double quota = numberIn(folder / "cpu.cfs_quota_us");
  double period = numberIn(folder / "cpu.cfs_period_us");
  return quota > 0 && period > 0 ? quota / period : 0;
}

/// The least quota of `group` below `mount` and of the groups around it. Inside a container the
/// path may be that of the host, and not be there: then `mount` itself is the group.
double leastQuota(const fs::path &mount, const std::string &group) {
  double least = 0;
  auto take = [&](const fs::path &folder) {
    if (double quota = quotaOf(folder); quota > 0)
      least = least > 0 ? std::min(least, quota) : quota;
  };
  fs::path folder = mount;
  take(folder);
  for (const fs::path &part : fs::path(group).relative_path())
    take(folder /= part);
  return least;
}

bool names(const std::string &controllers, const std::string &controller) {
  std::istringstream list(controllers);
  for (std::string name; std::getline(list, name, ',');)
    if (name == controller)
      return true;
  return false;
}

} // namespace

int cpuQuota(const std::string &root) {
  double least = 0;
  // Lines of /proc/self/cgroup: hierarchy:controllers:path, without controllers in v2.
  std::ifstream groups(root + "/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos)
      continue;
    std::string controllers = line.substr(first + 1, second - first - 1);
    if (!controllers.empty() && !names(controllers, "cpu"))
      continue;
    fs::path mount = root + "/sys/fs/cgroup";
    double quota = leastQuota(controllers.empty() ? mount : mount / "cpu", line.substr(second + 1));
    if (quota > 0)
      least = least > 0 ? std::min(least, quota) : quota;
  }
  constexpr double most = 1 << 20;
  return static_cast<int>(std::ceil(std::min(least, most)));
}

int cpuQuota() { return cpuQuota(""); }

} // namespace cria::rt

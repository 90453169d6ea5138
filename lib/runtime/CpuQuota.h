//===- CpuQuota.h - Processor time that a container may use -----*- C++ -*-===//
#pragma once
#include <string>

namespace cria::rt {

/// Processors that the control groups of this process allow, rounded up: the least of its group
/// and all groups around it. 0 if there is no limit. Reads cgroup v2's cpu.max and v1's
/// cpu.cfs_quota_us (Documentation/admin-guide/cgroup-v2.rst in Linux).
int cpuQuota();
/// The same with the files /proc and /sys below `root`.
int cpuQuota(const std::string &root);

} // namespace cria::rt

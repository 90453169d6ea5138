//===- CpuQuotaTest.cpp - Processor time that a container may use ---------===//
#include "runtime/CpuQuota.h"
#include "TestSupport.h"
#include <fstream>

namespace {

/// A tree of /proc and /sys.
struct Tree {
  test::Folder folder;
  void write(const std::string &path, const std::string &text) {
    auto file = folder / path;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file) << text;
  }
  int quota() { return cria::rt::cpuQuota(std::string(folder.path)); }
};

} // namespace

TEST_CASE("no control groups, no quota") { CHECK(Tree().quota() == 0); }

TEST_CASE("the quota of cgroup v2 is the least of the group and those around it") {
  Tree tree;
  tree.write("proc/self/cgroup", "0::/a/b\n");
  tree.write("sys/fs/cgroup/a/cpu.max", "250000 100000\n");
  tree.write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  CHECK(tree.quota() == 3);
  tree.write("sys/fs/cgroup/a/b/cpu.max", "50000 100000\n");
  CHECK(tree.quota() == 1);
}

TEST_CASE("inside a container the group may be the root that is mounted") {
  Tree tree;
  tree.write("proc/self/cgroup", "0::/docker/1234\n");
  tree.write("sys/fs/cgroup/cpu.max", "200000 100000\n");
  CHECK(tree.quota() == 2);
}

TEST_CASE("the quota of cgroup v1") {
  Tree tree;
  tree.write("proc/self/cgroup", "3:memory:/x\n4:cpu,cpuacct:/x\n");
  tree.write("sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "-1\n");
  tree.write("sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n");
  CHECK(tree.quota() == 0);
  tree.write("sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "400000\n");
  CHECK(tree.quota() == 4);
}

TEST_CASE("nonsense in the files of control groups is no quota") {
  for (const char *text : {"", "x y", "0 0", "-5 100000", "100000 -1", "nan 1", "1e400 1"}) {
    Tree tree;
    tree.write("proc/self/cgroup", "garbage\n0::/\n::\n");
    tree.write("sys/fs/cgroup/cpu.max", text);
    CHECK(tree.quota() == 0);
  }
}

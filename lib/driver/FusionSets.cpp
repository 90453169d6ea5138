//===- FusionSets.cpp - The sets of fusions to compare --------------------===//
#include "driver/FusionSets.h"
#include "llvm/ADT/STLExtras.h"

namespace cria::driver {

std::string FusionSet::name() const {
  switch (kind) {
  case SetKind::none:
    return "none";
  case SetKind::only:
    return "only " + fusion;
  case SetKind::without:
    return "without " + fusion;
  case SetKind::all:
    return "all";
  case SetKind::scheduled:
    return "schedule " + schedule;
  }
  llvm_unreachable("unknown kind of set");
}

std::vector<FusionSet> setsOf(llvm::StringRef list, llvm::ArrayRef<std::string> schedules) {
  auto selected = selectFusions(list, "");
  std::vector<llvm::StringRef> all(selected.begin(), selected.end());
  std::vector<FusionSet> sets;
  auto add = [&](SetKind kind, llvm::StringRef fusion, std::vector<llvm::StringRef> on) {
    if (llvm::none_of(sets, [&](const FusionSet &set) { return set.on == on; }))
      sets.push_back({kind, fusion.str(), std::move(on), ""});
  };
  add(SetKind::none, "", {});
  if (all.size() > 1)
    for (llvm::StringRef fusion : all)
      add(SetKind::only, fusion, {fusion});
  for (llvm::StringRef fusion : all) {
    auto rest = all;
    llvm::erase(rest, fusion);
    add(SetKind::without, fusion, rest);
  }
  add(SetKind::all, "", all);
  for (const std::string &schedule : schedules)
    sets.push_back({SetKind::scheduled, "", all, schedule});
  return sets;
}

} // namespace cria::driver

//===- Fusions.cpp - The table of fusions ---------------------------------===//
#include "passes/fuse/Fusions.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace cria {
namespace {
#define GET_FusionTable_IMPL
#include "passes/Fusions.inc"

bool contains(StringRef list, StringRef name) {
  SmallVector<StringRef> names;
  list.split(names, ',');
  return list == "all" || is_contained(names, name);
}

void check(StringRef flag, StringRef list) {
  if (list.empty() || list == "all" || list == "none")
    return;
  SmallVector<StringRef> names;
  list.split(names, ',');
  for (StringRef name : names)
    if (none_of(fusions(), [&](const Fusion &fusion) { return fusion.name == name; }))
      throw Error(flag.str() + ": unknown fusion \"" + name.str() + "\"; known fusions: " +
                  join(map_range(fusions(), [](const Fusion &f) { return f.name; }), ", "));
}
} // namespace

ArrayRef<Fusion> fusions() { return FusionTable; }

SmallVector<StringRef> selectFusions(StringRef fuse, StringRef without) {
  check("--fuse", fuse);
  check("--no-fuse", without);
  SmallVector<StringRef> selected;
  for (const Fusion &fusion : fusions())
    if ((fuse.empty() || contains(fuse, fusion.name)) && !contains(without, fusion.name))
      selected.push_back(fusion.name);
  return selected;
}

} // namespace cria

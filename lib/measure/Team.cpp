//===- Team.cpp - The threads that compiled code runs on ------------------===//
#include "measure/Team.h"
#include "runtime/OpenMp.h"
#include <atomic>

namespace cria::measure {

void Team::resize(int threads) { rt::openMp().setThreads(threads); }

int Team::size() const { return rt::openMp().maxThreads(); }

void Team::run(int parts, llvm::function_ref<void(int)> part) const {
  struct Work {
    llvm::function_ref<void(int)> part;
    int parts;
    std::atomic<int> next = 0;
  } work{part, parts};
  auto takeParts = [](std::int32_t *, std::int32_t *, void *data) {
    auto &work = *static_cast<Work *>(data);
    for (int i = work.next++; i < work.parts; i = work.next++)
      work.part(i);
  };
  // "Called from compiled code", in the form of openmp/runtime/src/kmp.h's ident_t.
  struct {
    std::int32_t reserved1 = 0, flags = 2, reserved2 = 0, reserved3 = 0;
    const char *source = ";unknown;unknown;0;0;;";
  } location;
  const rt::OpenMp &openMp = rt::openMp();
  int before = size();
  openMp.setThreads(parts);
  openMp.forkCall(&location, 1, takeParts, &work);
  openMp.setThreads(before);
}

} // namespace cria::measure

#include "runtime/Threads.h"

// Weak: the compiled code brings OpenMP along if it uses it.
extern "C" void omp_set_num_threads(int count) __attribute__((weak));

namespace cria::rt {

void setThreads(int count) {
  if (omp_set_num_threads)
    omp_set_num_threads(count);
}

} // namespace cria::rt

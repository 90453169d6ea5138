/* A decode step allocates nothing, and neither does a prompt. Counts who asks for memory in this
 * process, libraries included: the definitions here come before those of libc.
 */
#define _GNU_SOURCE
#include "cria/runtime/cria.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static struct {
  atomic_long heap, system;
} count;

#define COUNT(to) ++count.to

void *malloc(size_t size) {
  COUNT(heap);
  return __libc_malloc(size);
}
void *calloc(size_t members, size_t size) {
  COUNT(heap);
  return __libc_calloc(members, size);
}
void *realloc(void *old, size_t size) {
  COUNT(heap);
  return __libc_realloc(old, size);
}
void *memalign(size_t alignment, size_t size) {
  COUNT(heap);
  return __libc_memalign(alignment, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  COUNT(heap);
  return __libc_memalign(alignment, size);
}
int posix_memalign(void **result, size_t alignment, size_t size) {
  COUNT(heap);
  *result = __libc_memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset) {
  COUNT(system);
  return (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}
void *mmap64(void *address, size_t size, int protection, int flags, int file, off64_t offset) {
  COUNT(system);
  return (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}

static void check(cria_status status) {
  if (status != CRIA_OK) {
    fprintf(stderr, "%s\n", cria_error_message());
    exit(1);
  }
}

/* What was counted since the last call; sets `heap` and `mapped`. */
static long heap, mapped;
static long counted(const char *what) {
  heap = count.heap, mapped = count.system;
  printf("%s: %ld times from the heap, %ld from the system\n", what, heap, mapped);
  count.heap = count.system = 0;
  return heap + mapped;
}

int main(void) {
  cria_model_handle *model;
  cria_session *session;
  int32_t prompt[150];
  for (int i = 0; i < 150; ++i)
    prompt[i] = i % 7;
  check(cria_model_open(NULL, &model));
  counted("opening the model");
  check(cria_session_create(model, &session));
  counted("creating a session");
  if (!heap || !mapped)
    return 1; /* the counters do not count */

  check(cria_prefill(session, prompt, 150)); /* threads are made here */
  check(cria_decode(session, 1));
  counted("warming up");
  for (int i = 0; i < 5; ++i)
    check(cria_decode(session, i));
  long decode = counted("five decode steps");
  check(cria_prefill(session, prompt, 150));
  long prefill = counted("a prompt");
  cria_session_close(session);
  cria_model_close(model);
  return decode || prefill;
}

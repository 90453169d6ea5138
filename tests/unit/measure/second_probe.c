/*===- second_probe.c - Limits by other means than the probes -------------===*/
#include "measure/second_probe.h"
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

typedef struct {
  void (*work)(const char *begin, size_t bytes, volatile float *sink);
  const char *begin;
  size_t bytes;
  pthread_barrier_t *start;
  double began, ended;
  volatile float sink;
} Part;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void *run(void *argument) {
  Part *part = argument;
  pthread_barrier_wait(part->start);
  part->began = now();
  part->work(part->begin, part->bytes, &part->sink);
  part->ended = now();
  return NULL;
}

/* Seconds from the first thread's begin to the last one's end; the best of `passes`. */
static double best_seconds(int threads, int passes, Part like) {
  pthread_t ids[64];
  Part parts[64];
  double best = 1e9;
  for (int pass = 0; pass < passes; ++pass) {
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, (unsigned)threads);
    for (int i = 0; i < threads; ++i) {
      parts[i] = like;
      parts[i].start = &start;
      parts[i].begin = like.begin ? like.begin + like.bytes * (size_t)i : NULL;
      if (pthread_create(&ids[i], NULL, run, &parts[i]) != 0)
        abort();
    }
    double began = 1e18, ended = 0;
    for (int i = 0; i < threads; ++i) {
      pthread_join(ids[i], NULL);
      began = parts[i].began < began ? parts[i].began : began;
      ended = parts[i].ended > ended ? parts[i].ended : ended;
    }
    pthread_barrier_destroy(&start);
    best = ended - began < best ? ended - began : best;
  }
  return best;
}

/* One line at a time is enough: a line comes from memory as a whole. */
static void read_lines(const char *begin, size_t bytes, volatile float *sink) {
  const uint64_t *words = (const uint64_t *)begin, *end = words + bytes / 8;
  uint64_t sums[8] = {0};
  for (; words < end; words += 64)
    for (int i = 0; i < 8; ++i)
      sums[i] += words[8 * i] ^ words[8 * i + 4];
  uint64_t sum = 0;
  for (int i = 0; i < 8; ++i)
    sum += sums[i];
  *sink = (float)sum;
}

double second_read(int threads, int passes, int megabytes, int huge) {
  size_t size = (size_t)megabytes << 20, part = size / (size_t)threads / 4096 * 4096;
  char *memory =
      mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    abort();
  if (huge)
    madvise(memory, size, MADV_HUGEPAGE);
  for (size_t i = 0; i < size; ++i)
    memory[i] = (char)i;
  Part like = {.work = read_lines, .begin = memory, .bytes = part};
  double rate = (double)part * threads / best_seconds(threads, passes, like);
  munmap(memory, size);
  return rate;
}

enum { rounds = 1 << 21, chains = 12 };

/* CHAINS independent sums in vectors of BYTES bytes; STEP computes the next of `sum`. */
#define DEFINE_LOOP(NAME, TARGET, TYPE, STEP)                                                      \
  TARGET static void NAME(const char *begin, size_t bytes, volatile float *sink) {                 \
    (void)begin, (void)bytes;                                                                      \
    TYPE sums[chains];                                                                             \
    for (int i = 0; i < chains; ++i)                                                               \
      sums[i] = (TYPE){1 + i};                                                                     \
    for (int round = 0; round < rounds; ++round)                                                   \
      for (int i = 0; i < chains; ++i) {                                                           \
        TYPE sum = sums[i];                                                                        \
        sums[i] = STEP;                                                                            \
        __asm__("" : "+" VECTOR_REGISTER(sums[i])); /* keeps the chains apart */                   \
      }                                                                                            \
    float total = 0;                                                                               \
    for (int i = 0; i < chains; ++i)                                                               \
      total += (float)sums[i][0];                                                                  \
    *sink = total;                                                                                 \
  }

static double peak(void (*work)(const char *, size_t, volatile float *), double operations,
                   int threads, int passes) {
  Part like = {.work = work};
  return operations * rounds * chains * threads / best_seconds(threads, passes, like);
}

#ifdef __x86_64__
#include <immintrin.h>
#define VECTOR_REGISTER "v"
DEFINE_LOOP(fma256, __attribute__((target("avx2,fma"))), __m256, sum * 0.5f + 1.0f)
DEFINE_LOOP(fma512, __attribute__((target("avx512f"))), __m512, sum * 0.5f + 1.0f)
DEFINE_LOOP(bf16, __attribute__((target("avx512f,avx512bf16"))), __m512,
            _mm512_dpbf16_ps(sum, (__m512bh)_mm512_set1_epi32(0x3f803f80),
                             (__m512bh)_mm512_set1_epi32(0x3f803f80)))
DEFINE_LOOP(int8, __attribute__((target("avx512f,avx512vnni"))), __m512i,
            _mm512_dpbusd_epi32(sum, _mm512_set1_epi8(1), _mm512_set1_epi8(1)))

double second_fma(int threads, int passes) {
  if (__builtin_cpu_supports("avx512f"))
    return peak(fma512, 32, threads, passes);
  return __builtin_cpu_supports("fma") ? peak(fma256, 16, threads, passes) : 0;
}
double second_dot_bf16(int threads, int passes) {
  return __builtin_cpu_supports("avx512bf16") ? peak(bf16, 64, threads, passes) : 0;
}
double second_dot_int8(int threads, int passes) {
  return __builtin_cpu_supports("avx512vnni") ? peak(int8, 128, threads, passes) : 0;
}
#elif defined(__aarch64__)
#include <arm_neon.h>
#include <sys/auxv.h>
#define VECTOR_REGISTER "w"
DEFINE_LOOP(fma128, , float32x4_t, vfmaq_n_f32(vdupq_n_f32(1), sum, 0.5f))
DEFINE_LOOP(bf16, __attribute__((target("bf16"))), float32x4_t,
            vbfdotq_f32(sum, vreinterpretq_bf16_u16(vdupq_n_u16(0x3f80)),
                        vreinterpretq_bf16_u16(vdupq_n_u16(0x3f80))))
DEFINE_LOOP(int8, __attribute__((target("dotprod"))), int32x4_t,
            vdotq_s32(sum, vdupq_n_s8(1), vdupq_n_s8(1)))

double second_fma(int threads, int passes) { return peak(fma128, 8, threads, passes); }
double second_dot_bf16(int threads, int passes) {
  return getauxval(AT_HWCAP2) & (1 << 14) ? peak(bf16, 16, threads, passes) : 0;
}
double second_dot_int8(int threads, int passes) {
  return getauxval(AT_HWCAP) & (1 << 20) ? peak(int8, 32, threads, passes) : 0;
}
#else
double second_fma(int threads, int passes) { return (void)threads, (void)passes, 0; }
double second_dot_bf16(int threads, int passes) { return (void)threads, (void)passes, 0; }
double second_dot_int8(int threads, int passes) { return (void)threads, (void)passes, 0; }
#endif

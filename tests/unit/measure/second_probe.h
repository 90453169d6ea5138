/*===- second_probe.h - Limits by other means than the probes -----*- C -*-===
 *
 * Plain C on plain threads, vectorized by the compiler or by intrinsics: shares nothing with
 * lib/measure.
 *
 *===----------------------------------------------------------------------===*/
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/* All rates are the best of `passes` passes, by `threads` threads (at most 64), per second. */

/* Bytes read of `megabytes` MB of memory; `huge` asks for huge pages. */
double second_read(int threads, int passes, int megabytes, int huge);
/* f32 operations; a multiply-add is two. */
double second_fma(int threads, int passes);
/* Operations of the bf16 and the int8 dot product; 0 if the CPU has none. */
double second_dot_bf16(int threads, int passes);
double second_dot_int8(int threads, int passes);

#ifdef __cplusplus
}
#endif

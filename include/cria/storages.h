/*===- storages.h - The table of storages -------------------------*- C -*-===
 *
 * How elements of weights and caches are stored. This is the only list of them: names in specs,
 * on command lines and in IR, numbers in compiled code, and names in files all come from here.
 *
 *   X(NAME, word, id, safetensors, gguf, elements, bytes)
 *
 *   NAME         the name in GGUF files, and with CRIA_ before it the constant in abi.h
 *   word         the name in specs, on command lines and in IR
 *   id           the number in compiled programs; never reused
 *   safetensors  the name in safetensors files, or "" if they cannot hold it
 *   gguf         the number in GGUF files
 *   elements     neighbours in a row that are stored together: a block
 *   bytes        of a block
 *
 *===----------------------------------------------------------------------===*/
#ifndef CRIA_STORAGES_H
#define CRIA_STORAGES_H

/* Each element is a number of its own. */
#define CRIA_FLOAT_STORAGES(X)                                                                     \
  X(F32, f32, 0, "F32", 0, 1, 4)                                                                   \
  X(F16, f16, 1, "F16", 1, 1, 2)                                                                   \
  X(BF16, bf16, 2, "BF16", 30, 1, 2)

/* The elements of a block share scales. Matrices of weights can be stored so, and caches too where
 * kernels can write the blocks. */
#define CRIA_CACHE_BLOCK_STORAGES(X) X(Q8_0, q8_0, 3, "", 8, 32, 34)
#define CRIA_BLOCK_STORAGES(X)                                                                     \
  CRIA_CACHE_BLOCK_STORAGES(X)                                                                     \
  X(Q4_0, q4_0, 4, "", 2, 32, 18)                                                                  \
  X(Q4_K, q4_k, 5, "", 12, 256, 144)                                                               \
  X(Q5_K, q5_k, 6, "", 13, 256, 176)                                                               \
  X(Q6_K, q6_k, 7, "", 14, 256, 210)                                                               \
  X(IQ4_NL, iq4_nl, 8, "", 20, 32, 18)                                                             \
  X(MXFP4, mxfp4, 9, "", 39, 32, 17)

#define CRIA_STORAGES(X) CRIA_FLOAT_STORAGES(X) CRIA_BLOCK_STORAGES(X)
#define CRIA_CACHE_STORAGES(X) CRIA_FLOAT_STORAGES(X) CRIA_CACHE_BLOCK_STORAGES(X)

#endif

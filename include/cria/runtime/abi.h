/*===- abi.h - The border between compiled code and the runtime ---*- C -*-===
 *
 * Everything that `criac` writes into an object file and the runtime reads from
 * it is declared here, once. The compiler expands CRIA_MODEL_FIELDS to fill the
 * descriptor; the runtime includes the struct. Fields are 8 bytes wide so
 * that the layout is the same on every 64-bit target.
 *
 *===----------------------------------------------------------------------===*/
#ifndef CRIA_RUNTIME_ABI_H
#define CRIA_RUNTIME_ABI_H
#include "cria/storages.h"
#include <stdint.h>

#define CRIA_ABI_VERSION 6

/* Storage types of weights and caches: CRIA_F32, ... Caches have those of one element only. */
enum {
#define CRIA_STORAGE(NAME, word, id, ...) CRIA_##NAME = id,
  CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
};

/* One parameter: a tensor, or tensors of neighbouring iterations of a repeat that are stored
 * alike. */
typedef struct cria_param {
  const char *name; /* name in the checkpoint; "{}" stands for the iteration */
  int64_t dtype;    /* CRIA_F32, ... */
  int64_t rank;     /* 1 or 2 */
  int64_t shape[2]; /* row-major; unused entries are 1 */
  int64_t count;    /* number of tensors: 1 outside of a repeat */
  int64_t first;    /* slot of tensor 0 in the weight table; tensor i is at first + i */
  int64_t layer;    /* iteration of tensor 0; tensor i is of layer + i */
  int64_t packed;   /* 1: blocks of 8 rows are stored together, as docs/formats.md says; else 0 */
} cria_param;

/* A file carried inside the binary (--embed-weights, the tokenizer). */
typedef struct cria_blob {
  const char *name; /* file name, without folders */
  const void *data;
  int64_t size; /* bytes */
} cria_blob;

/* Entry points. Every thread of a team calls the same entry with the same arguments but `worker`,
 * which says to the functions below which thread it is, and `scratch`, scratch_bytes bytes of its
 * own. `weights` is the weight table: one pointer for each slot, each to row-major elements, floats
 * aligned to their size and blocks to 2 bytes. `position` is the number of tokens already in the
 * cache. `keys` and `values` are caches[layers][kv_heads][max_seq][head_dim] of kv_dtype.
 * `workspace` has workspace_bytes bytes, for the whole team. Workspace and scratch are aligned to
 * 64; their content does not matter. Nothing is allocated and nothing else is written. */

/* Appends `count` tokens, 1 to `chunk` of them and at most max_seq - position, and writes their
 * final hidden states [count][hidden] (before the last norm). Rows of the caches from
 * position + count on stay as they are. */
typedef void cria_prefill_fn(void *worker, const void *const *weights, const int32_t *tokens,
                             int64_t count, int64_t position, void *keys, void *values,
                             float *hidden, void *workspace, void *scratch);
/* Appends one token and writes its logits [vocab], and the token of the largest logit: the first of
 * equal ones, or -1 if a logit is infinite or NaN. */
typedef void cria_decode_fn(void *worker, const void *const *weights, const int32_t *token,
                            int64_t position, void *keys, void *values, float *logits,
                            int32_t *likeliest, void *workspace, void *scratch);
/* The head on one hidden state [hidden]: final norm and output product, logits [vocab]; and the
 * likeliest token, as above. */
typedef void cria_head_fn(void *worker, const void *const *weights, const float *hidden,
                          float *logits, int32_t *likeliest, void *workspace, void *scratch);
/* The first half of the head: writes the final norm of one hidden state [hidden], which is
 * `last_hidden_state` in transformers. */
typedef void cria_state_fn(void *worker, const void *const *weights, const float *hidden,
                           float *state, void *workspace, void *scratch);

/* What compiled code calls. An entry point runs kernels, one after the other, and each kernel is
 * one grid of tiles. `worker` is the argument of the entry point. */
#ifdef __cplusplus
extern "C" {
#endif
/* The number of a tile of the current kernel that no thread of the team has yet, counted up from 0;
 * beyond the last tile there is nothing left to do. */
int64_t cria_team_next(void *worker);
/* Waits until every thread of the team is done with kernel number `kernel`, a row of `kernels` in
 * the descriptor, and lets the count of tiles start again. */
void cria_team_barrier(void *worker, int64_t kernel);
/* What an entry point for a GPU calls instead, on one thread: runs kernel number `kernel` on the
 * device of `worker`, on x * y * z blocks, with `count` words: integers, or pointers to memory of
 * the device, as all of the entry point's are. Kernels run in the order of calls, which do not wait
 * for them. The `position` of such an entry point is the address of that number on the device, so
 * that a step can be recorded. */
void cria_launch(void *worker, int64_t kernel, int64_t x, int64_t y, int64_t z,
                 const uint64_t *words, int64_t count);
#ifdef __cplusplus
}
#endif

/* An amount that depends on `t`, the tokens of a call, and `c`, those in the cache before it:
 *   fixed + per_token * t + per_row * (c + t) + per_pair * (t * c + t * (t + 1) / 2)
 * Rows are those of the cache that the last token sees; pairs are a token and a row it sees. */
typedef struct cria_amount {
  int64_t fixed, per_token, per_row, per_pair;
} cria_amount;

/* A kernel of an entry point, as a function of the object. Amounts are those of one call. */
typedef struct cria_kernel {
  const char *name;  /* the function's symbol without the variant's CPU: entry.what, "decode.qkv" */
  int64_t calls;     /* number of calls in a call of the entry point: layers, mostly */
  cria_amount bytes; /* read from and written to memory that is not private to a thread */
  cria_amount flops; /* a multiply-add is two */
} cria_kernel;

/* Defaults of generation, as the model's files give them: generation_config.json. The terms are
 * those of transformers' GenerationConfig. X(type, field, meaning) */
#define CRIA_GENERATION_FIELDS(X)                                                                  \
  X(double, temperature, "logits are divided by it; 0: the likeliest token is taken")              \
  X(int64_t, top_k, "0: off")                                                                      \
  X(double, top_p, "1: off")                                                                       \
  X(double, min_p, "0: off")                                                                       \
  X(double, typical_p, "1: off")                                                                   \
  X(double, epsilon_cutoff, "0: off")                                                              \
  X(double, eta_cutoff, "0: off")                                                                  \
  X(double, repetition_penalty, "1: off")                                                          \
  X(int64_t, no_repeat_ngram_size, "0: off")                                                       \
  X(int64_t, max_new_tokens, "most tokens to generate; 0: not given")                              \
  X(int64_t, max_length, "most tokens, prompt included; 0: not given")                             \
  X(int64_t, min_new_tokens, "no end of text before so many generated tokens")                     \
  X(int64_t, min_length, "no end of text before so many tokens, prompt included")                  \
  X(int64_t, banned_count, "entries of banned")                                                    \
  X(const int32_t *, banned, "token sequences that may not be generated, each followed by -1")     \
  X(int64_t, begin_suppress_count, "entries of begin_suppress")                                    \
  X(const int32_t *, begin_suppress, "tokens that may not be generated first")                     \
  X(int64_t, stop_count, "entries of stops")                                                       \
  X(const char *const *, stops, "texts that end the generated text")

typedef struct cria_generation {
#define CRIA_FIELD(type, field, meaning) type field;
  CRIA_GENERATION_FIELDS(CRIA_FIELD)
#undef CRIA_FIELD
} cria_generation;

/* The code of the model for one CPU or GPU. All variants compute the same from the same weights and
 * caches. X(type, field, meaning) */
#define CRIA_CODE_FIELDS(X)                                                                        \
  X(const char *, cpu, "CPU that the code was made for: an item of criac --cpu")                   \
  X(const char *, cpu_features, "comma-separated LLVM features that the CPU must have")            \
  X(const char *, device, "what runs its kernels: cpu, cuda or hip")                               \
  X(const void *, image, "kernels: text of PTX, or a code object of AMD's; null for a CPU")        \
  X(int64_t, block_threads, "threads of a block of the device; 0 for a CPU")                       \
  X(int64_t, early_launch, "1: kernels wait for each other, and may be launched early")            \
  X(int64_t, workspace_bytes, "memory of any entry point that its threads share")                  \
  X(int64_t, scratch_bytes, "memory of any entry point that each thread or GPU has")               \
  X(int64_t, kernel_count, "entries of kernels")                                                   \
  X(const cria_kernel *, kernels, "what barriers number, in order of entry points")                \
  X(cria_prefill_fn *, prefill, "entry point")                                                     \
  X(cria_decode_fn *, decode, "entry point")                                                       \
  X(cria_head_fn *, head, "entry point")                                                           \
  X(cria_state_fn *, state, "entry point")

typedef struct cria_code {
#define CRIA_FIELD(type, field, meaning) type field;
  CRIA_CODE_FIELDS(CRIA_FIELD)
#undef CRIA_FIELD
} cria_code;

/* X(type, field, meaning) */
#define CRIA_MODEL_FIELDS(X)                                                                       \
  X(int64_t, abi_version, "CRIA_ABI_VERSION of the compiler")                                      \
  X(const char *, name, "model name")                                                              \
  X(const char *, source, "absolute path of the model folder, or empty for a spec")                \
  X(int64_t, vocab, "rows of the token table")                                                     \
  X(int64_t, hidden, "width of the residual stream")                                               \
  X(int64_t, layers, "decoder layers")                                                             \
  X(int64_t, kv_heads, "key/value heads")                                                          \
  X(int64_t, head_dim, "elements of a head")                                                       \
  X(int64_t, max_seq, "most tokens a session can hold: the rows of a cache")                       \
  X(int64_t, kv_dtype, "storage of keys and values")                                               \
  X(int64_t, chunk, "most tokens of a prefill call")                                               \
  X(int64_t, weight_slots, "entries of the weight table")                                          \
  X(int64_t, param_count, "rows of params")                                                        \
  X(const cria_param *, params, "what fills the weight table")                                     \
  X(int64_t, graph_hash, "hash of the model's structure: caches of another structure differ")      \
  X(int64_t, has_random_seed, "1: weights are made from random_seed, not read")                    \
  X(int64_t, random_seed, "--random-weights")                                                      \
  X(int64_t, bos, "first token of a sequence, or -1")                                              \
  X(int64_t, eos_count, "entries of eos")                                                          \
  X(const int32_t *, eos, "tokens that end a text")                                                \
  X(const cria_generation *, generation, "defaults of generation")                                 \
  X(int64_t, variant_count, "entries of variants, at least 1")                                     \
  X(const cria_code *, variants, "the code, in the order of criac --cpu")                          \
  X(int64_t, blob_count, "entries of blobs")                                                       \
  X(const cria_blob *, blobs, "tokenizer.cria, chat.cria, and *.safetensors when embedded")

typedef struct cria_model {
#define CRIA_FIELD(type, field, meaning) type field;
  CRIA_MODEL_FIELDS(CRIA_FIELD)
#undef CRIA_FIELD
} cria_model;

/* The symbol of the descriptor in an executable or a shared library. */
#define CRIA_MODEL_SYMBOL cria_compiled_model
#define CRIA_MODEL_SYMBOL_NAME "cria_compiled_model"

#endif

/*===- cria.h - Running a compiled model from C -------------------*- C -*-===
 *
 * What libMODEL.so (criac --emit=shared) exports. One library holds one model.
 *
 *   model    the weights and the tokenizer; read-only once open
 *   session  one sequence: its KV cache and its scratch memory
 *   sampler  chooses the next token
 *
 * Errors: a function that can fail returns a cria_status; cria_error_message() then says,
 * in one line, what was wrong. A call that fails with CRIA_ERROR_ARGUMENT,
 * CRIA_ERROR_TOKEN or CRIA_ERROR_CONTEXT_FULL has changed nothing. Functions without a status
 * cannot fail, and need an open model or session.
 *
 * Threads: a model may be used by any number of threads at a time; a session by one at a
 * time. Sessions of one model share its weights and run independently of each other.
 *
 * Ownership: what an `_open` or `_create` function gives is freed by the `_close` function,
 * which takes NULL too. A model may be closed before its sessions: its memory goes with
 * the last of them. Arguments are only read, and only during the call.
 *
 * Structs: each begins with `size`, which the caller sets to sizeof the struct. Fields that the
 * caller's header did not have take their defaults.
 *
 *===----------------------------------------------------------------------===*/
#ifndef CRIA_RUNTIME_CRIA_H
#define CRIA_RUNTIME_CRIA_H
#include <stddef.h>
#include <stdint.h>

/* Version of this header. It grows with what is added; programs that were compiled with an older
 * one go on working. cria_api_version() is that of the library. */
#define CRIA_API_VERSION 2

#if defined(__GNUC__)
#define CRIA_API __attribute__((visibility("default")))
#else
#define CRIA_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cria_status {
  CRIA_OK = 0,
  CRIA_ERROR_ARGUMENT,     /* an argument that no model could take, such as NULL */
  CRIA_ERROR_INPUT,        /* a file is missing, damaged or of another model */
  CRIA_ERROR_CPU,          /* all the code, or that of $CRIA_VARIANT, was made for another CPU */
  CRIA_ERROR_TOKEN,        /* a token that is not in [0, vocab) */
  CRIA_ERROR_CONTEXT_FULL, /* the tokens do not fit in the context */
  CRIA_ERROR_NOT_FINITE,   /* logits are NaN or infinite; reset the session */
  CRIA_ERROR_NO_TOKENIZER, /* the model was compiled without a tokenizer */
  CRIA_ERROR_MEMORY,       /* out of memory */
  CRIA_ERROR_INTERNAL      /* a bug of the runtime */
} cria_status;

typedef struct cria_model_handle cria_model_handle;
typedef struct cria_session cria_session;
typedef struct cria_sampler cria_sampler;

/* Version of Cria, as "MAJOR.MINOR.PATCH". */
CRIA_API const char *cria_version(void);
/* CRIA_API_VERSION of the library. */
CRIA_API int cria_api_version(void);

/* What went wrong in the last call on this thread that failed; "" if none has. Valid until
 * the next call that fails on this thread. */
CRIA_API const char *cria_error_message(void);

/* Lets compiled code use `threads` threads (at least 1) for the calls that the calling
 * thread makes from now on. Without it they are the processors that the process may use. */
CRIA_API cria_status cria_set_threads(int threads);

/*===- Models ---------------------------------------------------------------===*/

typedef struct cria_model_options {
  size_t size; /* sizeof(cria_model_options); 0 stands for `size` and `weights` */
  /* A folder with safetensors files, or one such file. NULL: the embedded or random weights
   * if the model was compiled with them, else $CRIA_WEIGHTS, else the folder that the model was
   * compiled from. */
  const char *weights;
} cria_model_options;

/* Maps the weights of the model in this library. `options` may be NULL: all defaults. `*model` is
 * NULL if the call fails. A struct of Cria 0.1, which had `weights` first and no size, is
 * recognised: no size is as large as a pointer. */
CRIA_API cria_status cria_model_open(const cria_model_options *options, cria_model_handle **model);
CRIA_API void cria_model_close(cria_model_handle *model);

CRIA_API const char *cria_model_name(const cria_model_handle *model);
/* Number of token ids; ids are 0 to vocab - 1. */
CRIA_API int64_t cria_model_vocab(const cria_model_handle *model);
/* Number of floats in a hidden state. */
CRIA_API int64_t cria_model_hidden(const cria_model_handle *model);
/* The most tokens that a session can hold. */
CRIA_API int64_t cria_model_context(const cria_model_handle *model);
/* The token that begins a sequence, or -1. cria_tokenizer_encode adds it. */
CRIA_API int32_t cria_model_bos(const cria_model_handle *model);
/* 1 if `token` ends a text, else 0. */
CRIA_API int cria_model_is_eos(const cria_model_handle *model, int32_t token);

/*===- Sessions -------------------------------------------------------------===*/

/* An empty session. Its cache takes memory as it fills. `*session` is NULL if the call fails. */
CRIA_API cria_status cria_session_create(const cria_model_handle *model, cria_session **session);
/* Makes the session empty again. */
CRIA_API void cria_session_reset(cria_session *session);
CRIA_API void cria_session_close(cria_session *session);
/* Number of tokens in the session. */
CRIA_API int64_t cria_session_position(const cria_session *session);
/* The tokens in the session; `*count` is set to their number if `count` is not NULL. Owned by the
 * session and valid until the next call on it. */
CRIA_API const int32_t *cria_session_tokens(const cria_session *session, int64_t *count);
/* Forgets the tokens from `position` on, 0 <= position <= cria_session_position. There are no
 * logits then until a token is appended, unless nothing was forgotten. */
CRIA_API cria_status cria_session_truncate(cria_session *session, int64_t position);

/* Writes the session to a file, which appears when it is complete. Its size is about that of the
 * caches of the tokens: see docs/c-api.md, Memory. */
CRIA_API cria_status cria_session_save(const cria_session *session, const char *path);
/* Makes `session` what the saved one was: logits that follow are the same, bit for bit, if the
 * program and the machine are. Fails and changes nothing if the file is damaged or was saved with
 * another model (CRIA_ERROR_INPUT), or holds more tokens than fit (CRIA_ERROR_CONTEXT_FULL). */
CRIA_API cria_status cria_session_load(cria_session *session, const char *path);

/* Appends `count` tokens, 1 or more, many at a time. The logits are those after the last. */
CRIA_API cria_status cria_prefill(cria_session *session, const int32_t *tokens, int64_t count);
/* Appends one token: the quickest way for one. */
CRIA_API cria_status cria_decode(cria_session *session, int32_t token);

/* Sees `values[size]` of the token at `position`; they are valid during the call. */
typedef void cria_visitor(void *user, int64_t position, const float *values, int64_t size);
/* As cria_prefill, and calls `visit` for each of the tokens in order, with the logits [vocab] after
 * it. Slower: the output head runs for every token. */
CRIA_API cria_status cria_prefill_each(cria_session *session, const int32_t *tokens, int64_t count,
                                       cria_visitor *visit, void *user);
/* As cria_prefill, and calls `visit` for each of the tokens in order, with its last hidden state
 * [hidden]: the residual stream after the final norm, `last_hidden_state` in transformers. */
CRIA_API cria_status cria_prefill_hidden(cria_session *session, const int32_t *tokens,
                                         int64_t count, cria_visitor *visit, void *user);

/* Unnormalised log-probabilities of the next token, f32 [vocab]; `*count` is set to vocab if
 * `count` is not NULL. NULL while the session is empty or truncated. Owned by the session and
 * valid until the next call on it. */
CRIA_API const float *cria_logits(const cria_session *session, int64_t *count);

/* The natural logarithm of the probability of `token` by `logits[vocab]`; NaN if `token` is not in
 * [0, vocab). */
CRIA_API double cria_logprob(const float *logits, int64_t vocab, int32_t token);

/*===- Sampling -------------------------------------------------------------===*/

/* How the next token is chosen; docs/run.md explains each. The steps run in this order. */
typedef struct cria_sampler_options {
  size_t size;             /* sizeof(cria_sampler_options) */
  double repeat_penalty;   /* (0, 100]; 1: off */
  int64_t repeat_window;   /* last tokens that the penalty looks at; 0: all */
  int64_t no_repeat_ngram; /* 0: off */
  int64_t min_tokens;      /* no end of text before so many tokens of the answer */
  double temperature;      /* [0, 100]; 0: the likeliest token, and nothing below matters */
  int64_t top_k;           /* 0: off */
  double top_p;            /* (0, 1]; 1: off */
  double min_p;            /* [0, 1); 0: off */
  double typical_p;        /* (0, 1]; 1: off */
  double epsilon_cutoff;   /* [0, 1); 0: off */
  double eta_cutoff;       /* [0, 1); 0: off */
  uint64_t seed;           /* the same seed and logits give the same tokens */
} cria_sampler_options;

/* Sets the fields of `*options`, up to options->size bytes, to the defaults of the model, those of
 * its generation_config.json. */
CRIA_API cria_status cria_sampler_defaults(const cria_model_handle *model,
                                           cria_sampler_options *options);
/* A sampler for one sequence. `options` may be NULL: the model's defaults. Tokens that the model's
 * files forbid are left out in any case. `*sampler` is NULL if the call fails. */
CRIA_API cria_status cria_sampler_create(const cria_model_handle *model,
                                         const cria_sampler_options *options,
                                         cria_sampler **sampler);
CRIA_API void cria_sampler_close(cria_sampler *sampler);
/* Tells of the tokens of a prompt, for the penalties; an answer begins after them. */
CRIA_API cria_status cria_sampler_prompt(cria_sampler *sampler, const int32_t *tokens,
                                         int64_t count);
/* Chooses a token by the logits of `session`, which must have some. */
CRIA_API cria_status cria_sampler_sample(cria_sampler *sampler, const cria_session *session,
                                         int32_t *token);
/* Tells of a token of the answer, for the penalties: as a rule the one sampled last. */
CRIA_API cria_status cria_sampler_accept(cria_sampler *sampler, int32_t token);
/* Forgets the sequence; the draws go on. */
CRIA_API void cria_sampler_reset(cria_sampler *sampler);

/*===- Tokenizer ------------------------------------------------------------===*/

enum {
  CRIA_ADD_SPECIAL = 1,  /* add the tokens that frame a text, such as the first one */
  CRIA_PARSE_SPECIAL = 2 /* "<|eot_id|>" in the text is that token, not ten letters */
};

/* Tokens of the UTF-8 text `text[size]`. Writes no more than `capacity` ids to `tokens` and
 * sets `*count` to their whole number; if that is more than `capacity`, call again with more. */
CRIA_API cria_status cria_tokenizer_encode(const cria_model_handle *model, const char *text,
                                           int64_t size, int flags, int32_t *tokens,
                                           int64_t capacity, int64_t *count);
/* Text of `tokens[count]`, with the same rule for `text`, `capacity` and `*size` in bytes; no 0 is
 * written at the end. Special tokens are left out if `skip_special` is not 0. */
CRIA_API cria_status cria_tokenizer_decode(const cria_model_handle *model, const int32_t *tokens,
                                           int64_t count, int skip_special, char *text,
                                           int64_t capacity, int64_t *size);
/* The bytes of one token by itself, owned by the model; they may be a part of a UTF-8 character.
 * `*size` is 0 for a token without text, and for a special one if `skip_special` is not 0. The
 * bytes of tokens in a row are their text, with two exceptions for SentencePiece vocabularies: a
 * space that cria_tokenizer_decode takes from the start of a text is still there, and byte tokens
 * that make no UTF-8 are their bytes, not U+FFFD each. */
CRIA_API cria_status cria_tokenizer_bytes(const cria_model_handle *model, int32_t token,
                                          int skip_special, const char **bytes, int64_t *size);

#ifdef __cplusplus
}
#endif
#endif

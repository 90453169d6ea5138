/* Sessions of a compiled model through the C API: however tokens are given, a session that was
 * reset or truncated, a new one, and two in two threads give the same logits, within 1e-5 of the
 * greatest; one that was saved and loaded gives the same bits. */
#include "cria/runtime/cria.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS = 100 };
static int32_t tokens[TOKENS];
static int64_t vocab;

static void check(cria_status status) {
  if (status != CRIA_OK) {
    fprintf(stderr, "%s\n", cria_error_message());
    exit(1);
  }
}

static float *copy(const cria_session *session) {
  float *logits = malloc(vocab * sizeof *logits);
  memcpy(logits, cria_logits(session, NULL), vocab * sizeof *logits);
  return logits;
}

static void compare(const char *what, const cria_session *session, const float *expected) {
  const float *found = cria_logits(session, NULL);
  double worst = 0, greatest = 0;
  for (int64_t i = 0; i < vocab; ++i) {
    worst = fmax(worst, fabs((double)found[i] - expected[i]));
    greatest = fmax(greatest, fabs(expected[i]));
  }
  printf("%s: %.1e of a greatest logit of %.1f\n", what, worst, greatest);
  if (!(worst <= 1e-5 * greatest))
    exit(1);
}

/* The bits that follow a session that was saved are those that follow the loaded one. */
static void check_file(const cria_model_handle *model, cria_session *session) {
  cria_session *loaded;
  check(cria_session_save(session, "saved"));
  check(cria_session_create(model, &loaded));
  check(cria_session_load(loaded, "saved"));
  size_t bytes = vocab * sizeof(float);
  if (memcmp(cria_logits(session, NULL), cria_logits(loaded, NULL), bytes))
    exit(1);
  for (int i = 0; i < 5; ++i) {
    check(cria_decode(session, tokens[i]));
    check(cria_decode(loaded, tokens[i]));
    if (memcmp(cria_logits(session, NULL), cria_logits(loaded, NULL), bytes))
      exit(1);
  }
  printf("saved and loaded: the same bits\n");
  cria_session_close(loaded);
}

static void count_states(void *user, int64_t position, const float *state, int64_t size) {
  double sum = 0;
  for (int64_t i = 0; i < size; ++i)
    sum += state[i] * state[i];
  if (sum > 0 && isfinite(sum) && position == *(int64_t *)user)
    ++*(int64_t *)user;
}

static void *decode_all(void *session) {
  for (int i = 0; i < TOKENS; ++i)
    check(cria_decode(session, tokens[i]));
  return NULL;
}

int main(void) {
  cria_model_handle *model;
  cria_session *a, *b;
  check(cria_model_open(NULL, &model));
  vocab = cria_model_vocab(model);
  for (int i = 0; i < TOKENS; ++i)
    tokens[i] = (int32_t)((i * 7919 + 13) % vocab);
  check(cria_session_create(model, &a));
  check(cria_session_create(model, &b));

  check(cria_prefill(a, tokens, TOKENS));
  float *expected = copy(a);
  check(cria_prefill(b, tokens, 37));
  check(cria_prefill(b, tokens + 37, TOKENS - 37));
  compare("in two pieces", b, expected);

  check(cria_session_truncate(b, 41));
  if (cria_session_position(b) != 41 || cria_logits(b, NULL))
    return 1;
  check(cria_decode(b, tokens[41]));
  check(cria_prefill(b, tokens + 42, TOKENS - 42));
  compare("after it was truncated", b, expected);
  check_file(model, b);

  int64_t states = 0;
  cria_session_reset(b);
  check(cria_prefill_hidden(b, tokens, TOKENS, count_states, &states));
  if (states != TOKENS)
    return 1;
  compare("with hidden states", b, expected);

  cria_session_reset(a);
  if (cria_session_position(a) != 0 || cria_logits(a, NULL))
    return 1;
  decode_all(a);
  compare("token by token, after a reset", a, expected);

  cria_session_reset(a);
  cria_session_reset(b);
  pthread_t one, two;
  pthread_create(&one, NULL, decode_all, a);
  pthread_create(&two, NULL, decode_all, b);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  compare("in one thread", a, expected);
  compare("in another at the same time", b, expected);

  /* What does not fit is refused and changes nothing. */
  cria_status full = CRIA_OK;
  while (full == CRIA_OK)
    full = cria_prefill(a, tokens, TOKENS);
  if (full != CRIA_ERROR_CONTEXT_FULL || cria_decode(a, (int32_t)vocab) != CRIA_ERROR_TOKEN)
    return 1;
  printf("full: %s\n", cria_error_message());
  free(expected);
  cria_session_close(a);
  cria_session_close(b);
  cria_model_close(model);
  return 0;
}

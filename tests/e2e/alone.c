/* Opens the libraries on the command line at the same time and prints, for each, a sum of bits of
 * the logits that it gives. Usage: alone local|global LIBRARY... With -DLINKED it is linked
 * with its one library instead. */
#include "cria/runtime/cria.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct api {
  cria_status (*open)(const cria_model_options *, cria_model_handle **);
  cria_status (*create)(const cria_model_handle *, cria_session **);
  cria_status (*prefill)(cria_session *, const int32_t *, int64_t);
  cria_status (*decode)(cria_session *, int32_t);
  const float *(*logits)(const cria_session *, int64_t *);
  const char *(*name)(const cria_model_handle *);
  const char *(*error)(void);
};
struct model {
  struct api api;
  cria_model_handle *handle;
  cria_session *session;
  unsigned long long sum;
};
enum { MODELS = 8, STEPS = 6 };

#ifdef LINKED
static struct api load(const char *path, int flags) {
  (void)path, (void)flags;
  return (struct api){cria_model_open, cria_session_create, cria_prefill,      cria_decode,
                      cria_logits,     cria_model_name,     cria_error_message};
}
#else
static struct api load(const char *path, int flags) {
  void *library = dlopen(path, RTLD_NOW | flags);
  if (!library) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  const char *names[] = {"cria_model_open",   "cria_session_create", "cria_prefill",
                         "cria_decode",       "cria_logits",         "cria_model_name",
                         "cria_error_message"};
  struct api api;
  void *functions[sizeof names / sizeof *names];
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    functions[i] = dlsym(library, names[i]);
  memcpy(&api, functions, sizeof api);
  return api;
}
#endif

static void check(const struct api *api, cria_status status) {
  if (status == CRIA_OK)
    return;
  fprintf(stderr, "%s\n", api->error());
  exit(1);
}

static void add_logits(struct model *model) {
  int64_t count;
  const float *logits = model->api.logits(model->session, &count);
  for (int64_t i = 0; i < count; ++i) {
    uint32_t bits;
    memcpy(&bits, &logits[i], sizeof bits);
    model->sum = model->sum * 1000003 + bits;
  }
}

int main(int argc, char **argv) {
  int flags = strcmp(argv[1], "global") == 0 ? RTLD_GLOBAL : RTLD_LOCAL;
  int count = argc - 2;
  static struct model models[MODELS];
  for (int i = 0; i < count; ++i)
    models[i].api = load(argv[2 + i], flags);
  for (int i = 0; i < count; ++i) {
    const struct api *api = &models[i].api;
    check(api, api->open(NULL, &models[i].handle));
    check(api, api->create(models[i].handle, &models[i].session));
    check(api, api->prefill(models[i].session, (const int32_t[]){1, 2, 3, 4, 5}, 5));
    add_logits(&models[i]);
  }
  for (int step = 0; step < STEPS; ++step)
    for (int i = 0; i < count; ++i) {
      check(&models[i].api, models[i].api.decode(models[i].session, 6 + step));
      add_logits(&models[i]);
    }
  for (int i = 0; i < count; ++i)
    printf("%s %016llx\n", models[i].api.name(models[i].handle), models[i].sum);
  return 0;
}

/* generate.c - Continues a text with a compiled model, from C.
 *
 *   criac MODEL --emit=shared -o libmodel.so
 *   cc -std=c99 -I INCLUDE generate.c -L. -lmodel -Wl,-rpath,. -o generate
 *   ./generate WEIGHTS "Once upon a time"
 */
#include "cria/runtime/cria.h"
#include <stdio.h>
#include <string.h>

enum { max_prompt = 4096, max_answer = 20 };

static int failed(const char *what) {
  fprintf(stderr, "%s: %s\n", what, cria_error_message());
  return 1;
}

static int generate(const cria_model_handle *model, cria_session *session, cria_sampler *sampler,
                    const char *prompt) {
  static int32_t tokens[max_prompt];
  int64_t count, i;
  if (cria_tokenizer_encode(model, prompt, (int64_t)strlen(prompt), CRIA_ADD_SPECIAL, tokens,
                            max_prompt, &count) != CRIA_OK)
    return failed("prompt");
  if (count > max_prompt) {
    fprintf(stderr, "prompt: %lld tokens are too many\n", (long long)count);
    return 1;
  }
  if (cria_prefill(session, tokens, count) != CRIA_OK)
    return failed("prefill");
  if (cria_sampler_prompt(sampler, tokens, count) != CRIA_OK)
    return failed("sampler");

  for (i = 0; i < max_answer; ++i) {
    int32_t token;
    const char *bytes;
    int64_t size;
    if (cria_sampler_sample(sampler, session, &token) != CRIA_OK ||
        cria_sampler_accept(sampler, token) != CRIA_OK)
      return failed("sampler");
    if (cria_model_is_eos(model, token))
      break;
    if (cria_tokenizer_bytes(model, token, 1, &bytes, &size) != CRIA_OK)
      return failed("token");
    fwrite(bytes, 1, (size_t)size, stdout);
    if (cria_session_position(session) == cria_model_context(model))
      break;
    if (cria_decode(session, token) != CRIA_OK)
      return failed("decode");
  }
  putchar('\n');
  return 0;
}

int main(int argc, char **argv) {
  cria_model_options options = {0};
  cria_model_handle *model = NULL;
  cria_session *session = NULL;
  cria_sampler *sampler = NULL;
  int code;
  if (argc != 3) {
    fprintf(stderr, "usage: %s WEIGHTS PROMPT\n", argv[0]);
    return 2;
  }
  options.size = sizeof options;
  options.weights = argv[1];
  if (cria_model_open(&options, &model) != CRIA_OK)
    return failed("model");
  if (cria_session_create(model, &session) != CRIA_OK)
    code = failed("session");
  else if (cria_sampler_create(model, NULL, &sampler) != CRIA_OK) /* the model's defaults */
    code = failed("sampler");
  else
    code = generate(model, session, sampler, argv[2]);
  cria_sampler_close(sampler);
  cria_session_close(session);
  cria_model_close(model);
  return code;
}

/* Opens the model that is linked in and runs one token. */
#include "cria/runtime/cria.h"
#include <stdio.h>

int main(void) {
  cria_model_handle *model;
  cria_session *session;
  if (cria_model_open(NULL, &model) || cria_session_create(model, &session) ||
      cria_decode(session, 1)) {
    fprintf(stderr, "%s\n", cria_error_message());
    return 1;
  }
  int64_t count;
  const float *logits = cria_logits(session, &count);
  printf("%lld logits, the first is %f\n", (long long)count, logits[0]);
  cria_session_close(session);
  cria_model_close(model);
  return 0;
}

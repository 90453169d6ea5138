/* Linked with two models as objects, whose descriptors have the names first and second. */
#include "cria/runtime/abi.h"
#include <stdio.h>

extern const cria_model first, second;

/* A function of the program's own, as the models have one each. */
int decode(void) { return 1; }

int main(void) {
  printf("%s %s\n", first.name, second.name);
  return first.decode == second.decode || first.vocab == second.vocab ||
         first.params == second.params || (void *)first.decode == (void *)decode;
}

/* Linked with two models as objects, whose descriptors have the names first and second. */
#include "cria/runtime/abi.h"
#include <stdio.h>

extern const cria_model first, second;

/* A function of the program's own, as each variant of the models has one. */
int decode(void) { return 1; }

int main(void) {
  printf("%s %s\n", first.name, second.name);
  return first.variants->decode == second.variants->decode || first.vocab == second.vocab ||
         first.params == second.params || (void *)first.variants->decode == (void *)decode;
}

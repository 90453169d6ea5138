/* In every program that is built with AddressSanitizer. LLVM's allocators, which are inlined,
 * poison memory that the shared libMLIR, built without the sanitizer, then hands out without
 * unpoisoning. */
const char *__asan_default_options(void) { return "allow_user_poisoning=0"; }

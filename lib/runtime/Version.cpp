#include "runtime/Version.h"

namespace cria::rt {
const char *const version = CRIA_VERSION;
} // namespace cria::rt

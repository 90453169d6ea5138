//===- CopyLine.cpp - Weights on their way to a GPU -----------------------===//
#include "runtime/cli/CopyLine.h"
#include "runtime/cli/ByteText.h"
#include <fmt/format.h>

namespace cria::rt {

void CopyLine::show(std::size_t done, std::size_t all) {
  constexpr double interval = 0.1;
  if (!watch_)
    watch_.emplace();
  double now = watch_->seconds();
  if (now < next_)
    return;
  next_ = now + interval;
  auto part = static_cast<double>(done), whole = static_cast<double>(all);
  line_.say(fmt::format("copying weights to the GPU: {} of {}, {:.0f}%", byteText(part),
                        byteText(whole), 100 * part / whole));
}

} // namespace cria::rt

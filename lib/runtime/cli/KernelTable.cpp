#include "runtime/cli/KernelTable.h"
#include <algorithm>
#include <fmt/format.h>

namespace cria::rt {
namespace {

/// Writes the lines of one entry point.
class Lines {
public:
  Lines(const KernelProfile::Entry &entry, const KernelLimits &limits)
      : entry(entry), limits(limits), calls(static_cast<double>(entry.calls)) {
    width = std::string_view("between kernels").size();
    for (const KernelProfile::Row &row : entry.rows)
      width = std::max(width, row.name.size());
  }

  std::string head() const {
    return fmt::format("{:<{}}  {:>6}  {:>9}  {:>6}  {:>9}  {:>6}  {:>9}  {:>7}", "kernel", width,
                       "calls", "ms", "share", "MB", "GB/s", "MFLOP", "GFLOP/s") +
           (limits.known() ? "  of limit\n" : "\n");
  }

  std::string row(const std::string &name, int64_t count, double seconds,
                  const KernelWork &work) const {
    double rate = seconds > 0 ? 1e-9 / seconds : 0;
    std::string line =
        fmt::format("{:<{}}  {:>6}  {:>9.3f}  {:>5.1f}%  {:>9.2f}  {:>6.1f}  {:>9.2f}  {:>7.1f}",
                    name, width, count / std::max<int64_t>(entry.calls, 1), 1e3 * seconds / calls,
                    100 * seconds / entry.seconds, 1e-6 * work.bytes / calls, work.bytes * rate,
                    1e-6 * work.flops / calls, work.flops * rate);
    if (limits.known())
      line += fmt::format("  {:>5.1f}% {}", 100 * limits.fraction(work, seconds),
                          limits.isReading(work) ? "read" : "multiply");
    return line + "\n";
  }

  /// Time that has no work.
  std::string rest(double seconds) const {
    return fmt::format("{:<{}}  {:>6}  {:>9.3f}  {:>5.1f}%\n", "between kernels", width, "",
                       1e3 * seconds / calls, 100 * seconds / entry.seconds);
  }

private:
  const KernelProfile::Entry &entry;
  const KernelLimits &limits;
  double calls;
  size_t width;
};

} // namespace

double KernelLimits::fraction(const KernelWork &work, double seconds) const {
  return seconds > 0 ? std::max(work.bytes / bytes, work.flops / flops) / seconds : 0;
}

bool KernelLimits::isReading(const KernelWork &work) const {
  return work.bytes / bytes >= work.flops / flops;
}

std::string kernelTable(const KernelProfile::Entry &entry, const KernelLimits &limits) {
  Lines lines(entry, limits);
  std::string text = lines.head();
  KernelWork all;
  int64_t count = 0;
  for (const KernelProfile::Row &row : entry.rows) {
    text += lines.row(row.name, row.calls, row.seconds, row.work);
    all += row.work;
    count += row.calls;
  }
  return text + lines.rest(entry.between()) + lines.row("all", count, entry.seconds, all);
}

} // namespace cria::rt

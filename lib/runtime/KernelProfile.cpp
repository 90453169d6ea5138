#include "runtime/KernelProfile.h"
#include <algorithm>

namespace cria::rt {
namespace {

std::span<const cria_kernel> kernels(const cria_code &code) {
  return {code.kernels, static_cast<size_t>(code.kernel_count)};
}

/// "decode" and "qkv" of "decode.qkv".
std::pair<std::string_view, std::string_view> split(const cria_kernel &kernel) {
  std::string_view name = kernel.name;
  size_t dot = name.find('.');
  return dot == name.npos ? std::pair(name, name)
                          : std::pair(name.substr(0, dot), name.substr(dot + 1));
}

double valueOf(const cria_amount &amount, double context, double tokens) {
  double pairs = tokens * context + tokens * (tokens + 1) / 2;
  return static_cast<double>(amount.fixed) + static_cast<double>(amount.per_token) * tokens +
         static_cast<double>(amount.per_row) * (context + tokens) +
         static_cast<double>(amount.per_pair) * pairs;
}

/// Work of all calls of `kernel` in one call of its entry point.
KernelWork workOf(const cria_kernel &kernel, int64_t context, int64_t tokens) {
  auto of = [&](const cria_amount &amount) {
    return static_cast<double>(kernel.calls) *
           valueOf(amount, static_cast<double>(context), static_cast<double>(tokens));
  };
  return {of(kernel.bytes), of(kernel.flops)};
}

} // namespace

KernelWork workOf(const cria_code &code, std::string_view entry, int64_t context, int64_t tokens) {
  KernelWork work;
  for (const cria_kernel &kernel : kernels(code))
    if (split(kernel).first == entry)
      work += workOf(kernel, context, tokens);
  return work;
}

KernelProfile::KernelProfile(const cria_code &code)
    : code_(code), times_(kernels(code).size()), work_(kernels(code).size()) {}

void KernelProfile::addCall(std::string_view entry, int64_t context, int64_t tokens,
                            double seconds) {
  auto all = kernels(code_);
  for (size_t i = 0; i < all.size(); ++i)
    if (split(all[i]).first == entry)
      work_[i] += workOf(all[i], context, tokens);
  auto own = std::ranges::find(entries_, entry, &Entry::name);
  if (own == entries_.end())
    own = entries_.insert(own, {std::string(entry), 0, 0, {}});
  ++own->calls;
  own->seconds += seconds;
}

double KernelProfile::Entry::between() const {
  double rest = seconds;
  for (const Row &row : rows)
    rest -= row.seconds;
  return rest;
}

std::vector<KernelProfile::Entry> KernelProfile::entries() const {
  std::vector<Entry> found = entries_;
  auto all = kernels(code_);
  for (Entry &entry : found)
    for (size_t i = 0; i < all.size(); ++i)
      if (auto [owner, name] = split(all[i]); owner == entry.name)
        entry.rows.push_back({std::string(name), times_[i].calls,
                              1e-9 * static_cast<double>(times_[i].nanoseconds), work_[i]});
  return found;
}

} // namespace cria::rt

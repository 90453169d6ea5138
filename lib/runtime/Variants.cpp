//===- Variants.cpp - Which of the code variants runs here ----------------===//
#include "runtime/Variants.h"
#include "runtime/Status.h"
#include <algorithm>
#include <cstdlib>

namespace cria::rt {
namespace {

std::string names(const cria_model &model) {
  std::vector<std::string_view> all;
  for (const cria_code &code : variants(model))
    all.emplace_back(code.cpu);
  return fmt::format("{}", fmt::join(all, ", "));
}

const cria_code &namedVariant(const cria_model &model, std::string_view name, CpuProbe *has) {
  for (const cria_code &code : variants(model)) {
    if (code.cpu != name)
      continue;
    auto missing = checkFeatures(code.cpu_features, has).missing;
    if (!missing.empty())
      failWith(CRIA_ERROR_CPU, "variant {}: this CPU lacks {}", name, fmt::join(missing, ", "));
    return code;
  }
  fail("variant \"{}\" is not in this program, which was compiled for {}", name, names(model));
}

/// The first of those that lack the fewest features.
const cria_code &leastDemanding(const cria_model &model, CpuProbe *has) {
  auto lacks = [&](const cria_code &code) {
    return checkFeatures(code.cpu_features, has).missing.size();
  };
  auto all = variants(model);
  return *std::min_element(all.begin(), all.end(), [&](const cria_code &a, const cria_code &b) {
    return lacks(a) < lacks(b);
  });
}

/// Null if this CPU runs none.
const cria_code *bestVariant(const cria_model &model, CpuProbe *has) {
  const cria_code *best = nullptr;
  std::size_t most = 0;
  for (const cria_code &code : variants(model)) {
    FeatureCheck check = checkFeatures(code.cpu_features, has);
    if (code.image || !check.missing.empty() || (best && check.present < most))
      continue;
    best = &code;
    most = check.present;
  }
  return best;
}

} // namespace

std::span<const cria_code> variants(const cria_model &model) {
  return {model.variants, static_cast<size_t>(model.variant_count)};
}

const cria_code &chooseVariant(const cria_model &model, const std::string &wanted, CpuProbe *has) {
  if (!wanted.empty())
    return namedVariant(model, wanted, has);
  if (const char *name = std::getenv("CRIA_VARIANT"); name && *name)
    return namedVariant(model, name, has);
  if (const cria_code *best = bestVariant(model, has))
    return *best;
  const cria_code &least = leastDemanding(model, has);
  failWith(CRIA_ERROR_CPU,
           "this program was compiled for {}, {}this CPU lacks {}; recompile with criac "
           "--cpu=native",
           names(model), model.variant_count > 1 ? fmt::format("and for {} ", least.cpu) : "",
           fmt::join(checkFeatures(least.cpu_features, has).missing, ", "));
}

std::string listVariants(const cria_model &model) {
  const cria_code *best = bestVariant(model, cpuHas);
  if (!best || model.variant_count == 1)
    return names(model);
  return fmt::format("{} (here {})", names(model), best->cpu);
}

} // namespace cria::rt

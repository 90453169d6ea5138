#include "runtime/cli/Stats.h"
#include "runtime/Weights.h"
#include "runtime/cli/ByteText.h"
#include "runtime/cli/KernelTable.h"
#include "storage/Storage.h"
#include <algorithm>
#include <fmt/format.h>
#include <sys/resource.h>

namespace cria::rt {
namespace {

double rate(int64_t count, double seconds) {
  return static_cast<double>(count) / std::max(seconds, 1e-9);
}

/// Most memory that was resident, in bytes; files that are mapped count.
double peakMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

} // namespace

int64_t weightBytesPerToken(const cria_model &model) {
  int64_t total = 0, tableBytes = 0, tables = 0;
  for (const cria_param &param : std::span(model.params, static_cast<size_t>(model.param_count))) {
    int64_t size = storage::storageOf(param.dtype).bytesOf(elementCount(param));
    total += size * param.count;
    if (param.rank == 2 && param.shape[0] == model.vocab && param.shape[1] == model.hidden) {
      ++tables;
      tableBytes = size;
    }
  }
  return tables < 2 ? total : total - tableBytes + tableBytes / model.vocab;
}

int64_t cacheBytesPerToken(const cria_model &model, int64_t position) {
  return 2 * model.layers * model.kv_heads *
         storage::storageOf(model.kv_dtype).bytesOf(model.head_dim) * (position + 1);
}

std::string Stats::text(const cria_model &model) const {
  std::string out = fmt::format("load         {:.3f} s\n", loadSeconds);
  out += fmt::format("prefill      {} tokens, {:.1f} tokens/s\n", prefillTokens,
                     rate(prefillTokens, prefillSeconds));
  if (decodeTokens) {
    auto weights = static_cast<double>(weightBytesPerToken(model));
    auto cache = static_cast<double>(cacheBytesPerToken(model, positions / decodeTokens));
    double speed = rate(decodeTokens, decodeSeconds);
    out += fmt::format("decode       {} tokens, {:.1f} tokens/s\n", decodeTokens, speed);
    out += fmt::format("traffic      {} per token: weights {}, cache {}; {}/s\n",
                       byteText(weights + cache), byteText(weights), byteText(cache),
                       byteText((weights + cache) * speed));
  }
  out += fmt::format("peak memory  {}\n", byteText(peakMemory()));
  if (kernels)
    for (const KernelProfile::Entry &entry : kernels->entries())
      out += fmt::format("\n{}: {} call{}, per call\n", entry.name, entry.calls,
                         entry.calls == 1 ? "" : "s") +
             kernelTable(entry);
  return out;
}

} // namespace cria::rt

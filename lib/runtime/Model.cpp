#include "runtime/Model.h"
#include "runtime/CpuCheck.h"
#include "runtime/OpenMp.h"
#include "runtime/Status.h"
#include <algorithm>

namespace cria::rt {
namespace {

const cria_model &checked(const cria_model &compiled) {
  if (compiled.abi_version != CRIA_ABI_VERSION)
    fail("the model was compiled for runtime ABI {}, this runtime has {}", compiled.abi_version,
         CRIA_ABI_VERSION);
  checkCpu(compiled);
  openMp(); // while the host is not yet busy in other threads
  return compiled;
}

std::optional<Tokenizer> openTokenizer(const cria_model &compiled) {
  for (const cria_blob &blob : std::span(compiled.blobs, static_cast<size_t>(compiled.blob_count)))
    if (std::string_view(blob.name) == "tokenizer.cria")
      return Tokenizer::open(
          {static_cast<const std::byte *>(blob.data), static_cast<size_t>(blob.size)});
  return std::nullopt;
}

} // namespace

Model::Model(const cria_model &compiled, const std::string &weights)
    : Model(checked(compiled), std::make_shared<const Weights>(loadWeights(compiled, weights))) {}

Model::Model(const cria_model &compiled, std::shared_ptr<const Weights> weights)
    : compiled_(checked(compiled)), weights_(std::move(weights)),
      tokenizer_(openTokenizer(compiled)) {}

const Tokenizer &Model::tokenizer() const {
  if (!tokenizer_)
    failWith(CRIA_ERROR_NO_TOKENIZER,
             "model {} was compiled without a tokenizer: it takes and gives token ids only",
             compiled_.name);
  return *tokenizer_;
}

bool Model::isEos(int32_t token) const {
  std::span ids(compiled_.eos, static_cast<size_t>(compiled_.eos_count));
  return std::find(ids.begin(), ids.end(), token) != ids.end();
}

} // namespace cria::rt

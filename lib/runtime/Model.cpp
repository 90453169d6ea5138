#include "runtime/Model.h"
#include "runtime/Status.h"
#include <algorithm>

namespace cria::rt {
namespace {

const cria_model &checked(const cria_model &compiled) {
  if (compiled.abi_version != CRIA_ABI_VERSION)
    fail("the model was compiled for runtime ABI {}, this runtime has {}", compiled.abi_version,
         CRIA_ABI_VERSION);
  return compiled;
}

std::optional<std::string_view> findFile(const cria_model &compiled, std::string_view name) {
  for (const cria_blob &blob : std::span(compiled.blobs, static_cast<size_t>(compiled.blob_count)))
    if (blob.name == name)
      return std::string_view(static_cast<const char *>(blob.data), static_cast<size_t>(blob.size));
  return std::nullopt;
}

std::optional<Tokenizer> openTokenizer(const cria_model &compiled) {
  auto file = findFile(compiled, "tokenizer.cria");
  return file ? std::optional(Tokenizer::open(std::as_bytes(std::span(*file)))) : std::nullopt;
}

} // namespace

Model::Model(const cria_model &compiled, const std::string &weights, const std::string &variant,
             const DeviceChoice &device, const CopyProgress &progress)
    : compiled_(checked(compiled)), chosen_(chooseCode(compiled, variant, device)),
      weights_(std::make_shared<const Weights>(loadWeights(compiled, weights))),
      deviceWeights_(*chosen_.device, compiled, *weights_, progress),
      tokenizer_(openTokenizer(compiled)) {}

Model::Model(const cria_model &compiled, std::shared_ptr<const Weights> weights)
    : compiled_(checked(compiled)), chosen_(chooseCode(compiled, "", {})),
      weights_(std::move(weights)), deviceWeights_(*chosen_.device, compiled, *weights_),
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

std::optional<std::string_view> Model::file(std::string_view name) const {
  return findFile(compiled_, name);
}

} // namespace cria::rt

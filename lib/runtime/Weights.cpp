//===- Weights.cpp - The weight table of a model --------------------------===//
#include "runtime/Weights.h"
#include "runtime/Fail.h"
#include "runtime/Hash.h"
#include "runtime/RandomFill.h"
#include "runtime/Recipe.h"
#include "storage/Packed.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace cria::rt {
namespace {

std::span<const cria_param> params(const cria_model &model) {
  return {model.params, static_cast<size_t>(model.param_count)};
}

std::span<const int64_t> shape(const cria_param &param) {
  return {param.shape, static_cast<size_t>(param.rank)};
}

const storage::Storage &storageFor(const cria_param &param) {
  return storage::storageOf(param.dtype);
}

size_t byteCount(const cria_param &param) {
  return static_cast<size_t>(storageFor(param).bytesOf(elementCount(param)));
}

/// Code reads floats as numbers, and blocks as bytes with fields of f16.
bool isAligned(const cria_param &param, const void *data) {
  const storage::Storage &storage = storageFor(param);
  size_t alignment = storage.isBlock() ? 2 : static_cast<size_t>(storage.bytes);
  return reinterpret_cast<uintptr_t>(data) % alignment == 0;
}

const Tensor &require(const Checkpoint &checkpoint, const cria_param &param,
                      const std::string &name) {
  const Tensor &tensor = checkpoint.require(name).second;
  auto [storage, packed] = storedAs(tensor.dtype);
  const storage::Storage &wide = storageFor(param);
  if (!storage || packed != bool(param.packed) || &commonStorage(*storage, wide) != &wide)
    fail("{}: tensor {}: dtype: {} does not fit the {} that the model was compiled for",
         checkpoint.name(), name, printable(tensor.dtype), dtypeOf(wide, param.packed));
  auto wanted = shape(param);
  if (!std::equal(wanted.begin(), wanted.end(), tensor.shape.begin(), tensor.shape.end()))
    fail("{}: tensor {}: shape: [{}] is not the [{}] that the model was compiled for",
         checkpoint.name(), name, fmt::join(tensor.shape, ", "), fmt::join(wanted, ", "));
  if (!isWhole(tensor))
    fail("{}: tensor {}: {} bytes are not those of [{}] of {}", checkpoint.name(), name,
         tensor.bytes.size(), fmt::join(wanted, ", "), tensor.dtype);
  return tensor;
}

/// The table and the head of a Llama model, by their names in its checkpoint.
struct Ends {
  const char *table, *head;
};
constexpr Ends hubNames{"model.embed_tokens.weight", "lm_head.weight"},
    ggufNames{"token_embd.weight", "output.weight"};

/// A model that was compiled with the head tied to the table does not read a head: one with
/// values of its own would be left out without a word.
void refuseOwnHead(const cria_model &model, const Checkpoint &checkpoint, const Ends &ends) {
  bool tied = false;
  for (const cria_param &param : params(model)) {
    tied |= std::string_view(param.name) == ends.table;
    if (std::string_view(param.name) == ends.head)
      return;
  }
  const Tensor *own = checkpoint.find(ends.head);
  if (!tied || !own)
    return;
  const Tensor &shared = checkpoint.require(ends.table).second;
  if (own->dtype != shared.dtype || !std::ranges::equal(own->bytes, shared.bytes))
    fail("{}: tensor {} differs from {}, but the model was compiled with both the same; compile "
         "it for these weights",
         checkpoint.name(), ends.head, ends.table);
}

/// The index of the first NaN or Inf; -1 if all are finite.
int64_t firstNotFinite(const cria_param &param, const void *data, float &found) {
  const storage::Storage &storage = storageFor(param);
  constexpr int64_t part = 4096; // a multiple of every block
  int64_t step = param.packed ? param.shape[1] : part;
  std::vector<float> values(static_cast<size_t>(step));
  for (int64_t begin = 0, count = elementCount(param); begin < count; begin += step) {
    std::span some(values.data(), static_cast<size_t>(std::min(step, count - begin)));
    const auto *bytes = static_cast<const std::byte *>(data);
    if (param.packed)
      storage::decodePackedRow(storage, bytes, begin / step, some);
    else
      storage.codec.decode(bytes + storage.bytesOf(begin), some);
    auto bad = std::ranges::find_if_not(some, [](float value) { return std::isfinite(value); });
    if (bad != some.end()) {
      found = *bad;
      return begin + (bad - some.begin());
    }
  }
  return -1;
}

/// The folder that the model was compiled from, which may have moved or never had weights.
Checkpoint openSource(const cria_model &model) {
  constexpr const char *hint = "say where the weights are with --weights FOLDER";
  if (!*model.source)
    fail("the model was compiled without weights: {}", hint);
  try {
    return Checkpoint::open(model.source);
  } catch (const Error &error) {
    fail("{}; {}", error.what(), hint);
  }
}

} // namespace

std::string tensorName(const cria_param &param, int64_t i) {
  std::string name = param.name;
  if (size_t at = name.find("{}"); at != name.npos)
    name.replace(at, 2, std::to_string(param.layer + i));
  return name;
}

int64_t elementCount(const cria_param &param) { return param.shape[0] * param.shape[1]; }

Weights::Weights(const cria_model &model, Checkpoint checkpoint)
    : model_(model), source_(checkpoint.name()), checkpoint_(std::move(checkpoint)),
      table_(static_cast<size_t>(model.weight_slots)) {
  refuseOwnHead(model, checkpoint_, hubNames);
  refuseOwnHead(model, checkpoint_, ggufNames);
  checkpoint_.readAhead();
  for (const cria_param &param : params(model))
    for (int64_t i = 0; i < param.count; ++i) {
      const Tensor &tensor = require(checkpoint_, param, tensorName(param, i));
      const void *&slot = table_[static_cast<size_t>(param.first + i)];
      slot = tensor.bytes.data();
      auto sizes = shape(param);
      Recipe recipe{{sizes.begin(), sizes.end()}, &storageFor(param), bool(param.packed)};
      TensorRows rows(tensor);
      if (recipe.keepsBytes(rows) && isAligned(param, slot))
        continue;
      memory_.push_back(Mapping::zeros(byteCount(param), "weights"));
      slot = memory_.back().data();
      recipe.follow(rows, [to = memory_.back().data()](std::span<const std::byte> bytes) mutable {
        to = std::ranges::copy(bytes, to).out;
      });
    }
}

Weights::Weights(const cria_model &model, uint64_t seed)
    : model_(model), source_(fmt::format("random weights of seed {}", seed)),
      table_(static_cast<size_t>(model.weight_slots)) {
  for (const cria_param &param : params(model))
    for (int64_t i = 0; i < param.count; ++i) {
      Mapping &memory = memory_.emplace_back(Mapping::zeros(byteCount(param), "weights"));
      fillRandom(param, RandomTensor(seed, tensorName(param, i), param.rank, param.shape[1]),
                 memory.data());
      table_[static_cast<size_t>(param.first + i)] = memory.data();
    }
}

bool Weights::readsFrom(const std::filesystem::path &file) const {
  return std::ranges::any_of(checkpoint_.files(), [&](const std::filesystem::path &own) {
    std::error_code none;
    return std::filesystem::equivalent(own, file, none);
  });
}

uint64_t Weights::fingerprint() const {
  constexpr size_t samples = 4, sampleBytes = 64;
  Hash hash;
  for (const cria_param &param : params(model_)) {
    hash.add(std::as_bytes(std::span(std::string_view(param.name))));
    hash.add(std::as_bytes(std::span(&param.dtype, 1)));
    hash.add(std::as_bytes(std::span(&param.packed, 1)));
    hash.add(std::as_bytes(shape(param)));
    for (int64_t i = 0; i < param.count; ++i) {
      const void *slot = table_[static_cast<size_t>(param.first + i)];
      std::span bytes(static_cast<const std::byte *>(slot), byteCount(param));
      for (size_t at = 0; at < samples; ++at) {
        auto sample = bytes.subspan(at * (bytes.size() / samples));
        hash.add(sample.first(std::min(sampleBytes, sample.size())));
      }
    }
  }
  return hash.value();
}

void Weights::checkFinite() const {
  for (const cria_param &param : params(model_))
    for (int64_t i = 0; i < param.count; ++i) {
      const void *data = table_[static_cast<size_t>(param.first + i)];
      float found = 0;
      if (int64_t bad = firstNotFinite(param, data, found); bad >= 0)
        fail("{}: tensor {}: element {} is {}", source_, tensorName(param, i), bad, found);
    }
}

Weights loadWeights(const cria_model &model, const std::string &path) {
  if (!path.empty())
    return {model, Checkpoint::open(path)};
  auto embedded = Checkpoint::open({model.blobs, static_cast<size_t>(model.blob_count)});
  if (!embedded.tensors().empty())
    return {model, std::move(embedded)};
  if (model.has_random_seed)
    return {model, static_cast<uint64_t>(model.random_seed)};
  if (const char *folder = std::getenv("CRIA_WEIGHTS"); folder && *folder)
    return {model, Checkpoint::open(folder)};
  return {model, openSource(model)};
}

} // namespace cria::rt

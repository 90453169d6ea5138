//===- Quantize.cpp - A model as a GGUF file of another storage -----------===//
#include "export/Quantize.h"
#include "cria/spec/params.hpp"
#include "export/GgufWriter.h"
#include "export/Metadata.h"
#include "export/SourceRows.h"
#include "import/gguf/GgufNames.h"
#include "runtime/Checkpoint.h"
#include "runtime/Fail.h"
#include "runtime/Storage.h"
#include "storage/Packed.h"
#include <cmath>

namespace cria::gguf {
namespace {

using storage::Storage;

/// A weight on its way from one file to another.
struct Move {
  std::string name;
  rt::Recipe recipe;
  std::unique_ptr<rt::Rows> from;

  Stored to() const { return {name, recipe.shape, recipe.storage, recipe.packed}; }
};

const Storage &floats() { return storage::storageOf(CRIA_F32); }

std::int64_t bits(const Storage &storage) { return storage.bytes * 8 / storage.elements; }

const Storage &chooseStorage(const Wish &wish, const std::string &name,
                             const std::vector<std::int64_t> &shape, const Storage &own) {
  const Storage &eight = storage::storageOf(CRIA_Q8_0);
  if (shape.size() == 1)
    return floats();
  if (const Storage *named = wish.byName(name)) {
    if (shape.back() % named->elements)
      rt::fail("{}: {}: blocks of {} elements do not fit rows of {}", name, named->word,
               named->elements, shape.back());
    return *named;
  }
  if (!wish.storage)
    return own;
  bool atAnEnd = name == import::ggufTable || name == import::ggufHead;
  const Storage &chosen = atAnEnd && bits(*wish.storage) < bits(eight) ? eight : *wish.storage;
  return shape.back() % chosen.elements ? own : chosen;
}

bool canBePacked(const std::string &name, const rt::Recipe &recipe) {
  return recipe.storage->isBlock() && name != import::ggufTable &&
         recipe.shape.front() % storage::packedRows == 0;
}

/// Vectors of biases of queries and keys are permuted as the rows of their matrices are.
std::int64_t headsOf(const std::string &hubName, const spec::Attention &attention) {
  bool query = hubName.find(".q_proj.") != hubName.npos,
       key = hubName.find(".k_proj.") != hubName.npos;
  if (attention.rope.pairing == spec::RopePairing::interleaved)
    return 0;
  return query ? attention.heads : key ? attention.kv_heads : 0;
}

std::string withLayer(std::string name, std::int64_t layer) {
  if (size_t at = name.find("{}"); at != name.npos)
    name.replace(at, 2, std::to_string(layer));
  return name;
}

std::vector<Move> plan(const import::Imported &imported, const rt::Checkpoint &checkpoint,
                       const Wish &wish) {
  std::map<std::string, std::string> names = import::ggufNames(imported.model);
  std::vector<Move> moves;
  auto add = [&](const spec::Param &param, const std::string &name, std::int64_t layer) {
    auto own = imported.names.find(param.name);
    const std::string &inSource = own == imported.names.end() ? param.name : own->second;
    auto from = rowsOf(imported, checkpoint, withLayer(inSource, layer), param.shape);
    rt::Recipe recipe{param.shape, &chooseStorage(wish, name, param.shape, from->storage())};
    recipe.packed = wish.packed && canBePacked(name, recipe);
    recipe.heads = headsOf(param.name, attentionOf(imported.model));
    moves.push_back({name, std::move(recipe), std::move(from)});
  };
  const spec::Param *table = nullptr;
  bool hasHead = false;
  std::vector<spec::Param> params = spec::parameters(imported.model);
  for (const spec::Param &param : params)
    for (std::int64_t i = 0; i < param.count; ++i) {
      std::string name = withLayer(names.at(param.name), i);
      add(param, name, i);
      if (name == import::ggufTable)
        table = &param;
      hasHead |= name == import::ggufHead;
    }
  if (wish.packed && table && !hasHead) {
    add(*table, import::ggufHead, 0);
    if (!moves.back().recipe.packed)
      moves.pop_back();
  }
  return moves;
}

Written write(const Move &move, Writer &writer) {
  const rt::Recipe &recipe = move.recipe;
  double error = recipe.follow(*move.from, [&](auto bytes) { writer.write(bytes); });
  if (!std::isfinite(error))
    rt::fail("{}: a value is not finite, or beyond what {} can hold", move.name,
             recipe.storage->word);
  writer.endTensor();
  return {move.name, move.from->dtype(), rt::dtypeOf(*recipe.storage, recipe.packed), error};
}

} // namespace

void quantize(const import::Imported &imported, const std::filesystem::path &model,
              const Wish &wish, const std::filesystem::path &file,
              const std::function<void(const Written &)> &report) {
  rt::Checkpoint checkpoint = rt::Checkpoint::open(imported.source);
  std::vector<Move> moves = plan(imported, checkpoint, wish);
  Writer writer(file);
  rt::Mapping source;
  std::vector<float> divisors;
  if (imported.names.empty()) {
    writeMetadata(writer, imported, model);
    divisors = ropeDivisors(attentionOf(imported.model));
  } else {
    source = rt::Mapping::file(model);
    copyMetadata(writer, source.bytes(), model.native());
    if (const rt::Tensor *own = checkpoint.find(import::ggufDivisors)) {
      divisors.resize(own->bytes.size() / sizeof(float));
      rt::widen(*own, divisors.data());
    }
  }
  writer.integer("general.quantization_version", 2);
  std::vector<Stored> tensors;
  for (const Move &move : moves)
    tensors.push_back(move.to());
  if (!divisors.empty())
    tensors.push_back({import::ggufDivisors, {std::int64_t(divisors.size())}, &floats()});
  writer.begin(tensors);
  for (const Move &move : moves)
    report(write(move, writer));
  writer.write(std::as_bytes(std::span(divisors)));
  writer.finish();
}

} // namespace cria::gguf

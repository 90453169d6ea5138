//===- Quantize.cpp - A model as a GGUF file of another storage -----------===//
#include "export/Quantize.h"
#include "cria/spec/params.hpp"
#include "export/GgufWriter.h"
#include "export/Metadata.h"
#include "export/Weight.h"
#include "import/gguf/GgufNames.h"
#include "runtime/Checkpoint.h"
#include "runtime/Fail.h"
#include "runtime/Storage.h"
#include <cmath>

namespace cria::gguf {
namespace {

using storage::Storage;

/// A weight on its way from one file to another.
struct Move {
  Stored to;
  Weight from;
  /// Rows i and i + E/2 of each of so many heads become neighbours; 0: rows stay.
  std::int64_t heads = 0;

  std::int64_t width() const { return to.shape.back(); }
  std::int64_t rows() const { return to.shape.size() == 2 ? to.shape.front() : 1; }
  /// The row of `from` that row `row` is.
  std::int64_t sourceRow(std::int64_t row) const {
    if (!heads)
      return row;
    std::int64_t each = rows() / heads, inHead = row % each;
    return row - inHead + inHead % 2 * (each / 2) + inHead / 2;
  }
};

const Storage &floats() { return storage::storageOf(CRIA_F32); }

std::int64_t bits(const Storage &storage) { return storage.bytes * 8 / storage.elements; }

const Storage &chooseStorage(const Storage &wanted, const ByName &byName, const std::string &name,
                             const std::vector<std::int64_t> &shape, const Storage &own) {
  const Storage &eight = storage::storageOf(CRIA_Q8_0);
  if (shape.size() == 1)
    return floats();
  if (const Storage *named = byName(name)) {
    if (shape.back() % named->elements)
      rt::fail("{}: {}: blocks of {} elements do not fit rows of {}", name, named->word,
               named->elements, shape.back());
    return *named;
  }
  bool atAnEnd = name == import::ggufTable || name == import::ggufHead;
  const Storage &chosen = atAnEnd && bits(wanted) < bits(eight) ? eight : wanted;
  return shape.back() % chosen.elements ? own : chosen;
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
                       const Storage &storage, const ByName &byName) {
  std::map<std::string, std::string> names = import::ggufNames(imported.model);
  std::vector<Move> moves;
  for (const spec::Param &param : spec::parameters(imported.model))
    for (std::int64_t i = 0; i < param.count; ++i) {
      auto own = imported.names.find(param.name);
      const std::string &inSource = own == imported.names.end() ? param.name : own->second;
      Weight weight(imported, checkpoint, withLayer(inSource, i), param.shape);
      std::string name = withLayer(names.at(param.name), i);
      const Storage &to = chooseStorage(storage, byName, name, param.shape, weight.storage());
      moves.push_back({{name, param.shape, &to},
                       std::move(weight),
                       headsOf(param.name, attentionOf(imported.model))});
    }
  return moves;
}

/// A bias as a column of one element per row, so that it is permuted as rows are.
Move column(Move move) {
  move.to.shape = {move.to.shape.front(), 1};
  return move;
}

/// Groups that share a scale are integers times it, and stay so where the format has them.
void encode(const Storage &storage, std::span<const float> values, std::span<const float> steps,
            std::span<std::byte> blocks) {
  storage.codec.encode(values, blocks.data());
  if (!storage.codec.encodeMultiples)
    return;
  static_assert(import::QuantizedMatrix::run == 32); // a block of all that encode multiples
  for (size_t i = 0; i < steps.size(); ++i)
    storage.codec.encodeMultiples(&values[import::QuantizedMatrix::run * i], steps[i],
                                  &blocks[static_cast<size_t>(storage.bytes) * i]);
}

double copyRows(const Move &move, Writer &writer) {
  const Storage &storage = *move.to.storage;
  std::vector<float> values(static_cast<size_t>(move.width())), decoded(values.size());
  std::vector<std::byte> blocks(static_cast<size_t>(storage.bytesOf(move.width())));
  double squares = 0, errors = 0;
  for (std::int64_t row = 0; row < move.rows(); ++row) {
    std::span<const float> steps = move.from.read(move.sourceRow(row), values);
    encode(storage, values, steps, blocks);
    storage.codec.decode(blocks.data(), decoded);
    for (size_t i = 0; i < values.size(); ++i) {
      double value = values[i], difference = value - decoded[i];
      squares += value * value;
      errors += difference * difference;
    }
    writer.write(blocks);
  }
  if (!std::isfinite(errors))
    rt::fail("{}: a value is not finite, or beyond what {} can hold", move.to.name, storage.word);
  return squares == 0 ? 0 : std::sqrt(errors / squares);
}

bool staysAsItIs(const Move &move) {
  return move.from.dtype() == move.to.storage->name && !move.heads;
}

Written write(const Move &move, Writer &writer) {
  double error = 0;
  if (staysAsItIs(move))
    writer.write(move.from.bytes());
  else
    error = copyRows(move.heads && move.to.shape.size() == 1 ? column(move) : move, writer);
  writer.endTensor();
  return {move.to.name, move.from.dtype(), move.to.storage->name, error};
}

} // namespace

void quantize(const import::Imported &imported, const std::filesystem::path &model,
              const Storage &storage, const ByName &byName, const std::filesystem::path &file,
              const std::function<void(const Written &)> &report) {
  rt::Checkpoint checkpoint = rt::Checkpoint::open(imported.source);
  std::vector<Move> moves = plan(imported, checkpoint, storage, byName);
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
      rt::widen(*own, floats(), divisors.data());
    }
  }
  writer.integer("general.quantization_version", 2);
  std::vector<Stored> tensors;
  for (const Move &move : moves)
    tensors.push_back(move.to);
  if (!divisors.empty())
    tensors.push_back({import::ggufDivisors, {std::int64_t(divisors.size())}, &floats()});
  writer.begin(tensors);
  for (const Move &move : moves)
    report(write(move, writer));
  writer.write(std::as_bytes(std::span(divisors)));
  writer.finish();
}

} // namespace cria::gguf

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
#include "storage/Packed.h"
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

bool canBePacked(const Stored &tensor) {
  return tensor.storage->isBlock() && tensor.name != import::ggufTable &&
         tensor.shape.front() % storage::packedRows == 0;
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
    Weight weight(imported, checkpoint, withLayer(inSource, layer), param.shape);
    const Storage &storage = chooseStorage(wish, name, param.shape, weight.storage());
    Stored to{name, param.shape, &storage};
    to.packed = wish.packed && canBePacked(to);
    moves.push_back(
        {std::move(to), std::move(weight), headsOf(param.name, attentionOf(imported.model))});
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
    if (!moves.back().to.packed)
      moves.pop_back();
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

/// Writes the rows of a tensor, as they come or packed.
class RowWriter {
public:
  RowWriter(const Stored &tensor, Writer &writer) : tensor(tensor), writer(writer) {}

  void write(std::span<const std::byte> row) {
    if (!tensor.packed)
      return writer.write(row);
    rows.insert(rows.end(), row.begin(), row.end());
    if (rows.size() < row.size() * static_cast<size_t>(storage::packedRows))
      return;
    std::vector<std::byte> packed(rows.size());
    storage::packRows(*tensor.storage, tensor.shape.back(), rows, packed.data());
    writer.write(packed);
    rows.clear();
  }

private:
  const Stored &tensor;
  Writer &writer;
  std::vector<std::byte> rows; ///< that wait for others
};

double copyRows(const Move &move, Writer &writer) {
  const Storage &storage = *move.to.storage;
  RowWriter rows(move.to, writer);
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
    rows.write(blocks);
  }
  if (!std::isfinite(errors))
    rt::fail("{}: a value is not finite, or beyond what {} can hold", move.to.name, storage.word);
  return squares == 0 ? 0 : std::sqrt(errors / squares);
}

/// Rows keep their bytes, and their order.
void moveRows(const Move &move, Writer &writer) {
  RowWriter rows(move.to, writer);
  auto size = static_cast<size_t>(move.to.storage->bytesOf(move.width()));
  for (size_t at = 0; at < move.from.bytes().size(); at += size)
    rows.write(move.from.bytes().subspan(at, size));
}

bool staysAsItIs(const Move &move) {
  return move.from.dtype() == move.to.storage->name && !move.heads;
}

Written write(const Move &move, Writer &writer) {
  double error = 0;
  if (staysAsItIs(move))
    moveRows(move, writer);
  else
    error = copyRows(move.heads && move.to.shape.size() == 1 ? column(move) : move, writer);
  writer.endTensor();
  return {move.to.name, move.from.dtype(), rt::dtypeOf(*move.to.storage, move.to.packed), error};
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

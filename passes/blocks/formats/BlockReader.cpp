//===- BlockReader.cpp - Code that reads blocks ---------------------------===//
#include "passes/blocks/formats/BlockReader.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "storage/Packed.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {

static constexpr int64_t rows = storage::packedRows;

const BlockReader &readerOf(Type element) {
  int64_t storage = storageOf(element)->id;
#define CRIA_STORAGE(NAME, word, id, ...)                                                          \
  if (storage == id)                                                                               \
    return word##Reader;
  CRIA_BLOCK_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
  return q8Reader;
}

Value bytesUnder(Value blocks) {
  return blocks.getDefiningOp<UnrealizedConversionCastOp>().getOperand(0);
}

Value blockOf(ImplicitLocOpBuilder &b, Type element, Value k) {
  const storage::Storage &storage = *storageOf(element);
  Value block = b.createOrFold<arith::DivUIOp>(
      k, arith::ConstantIndexOp::create(b, storage.elements).getResult());
  int64_t bytes = storage.bytes * rowsTogether(element);
  return b.createOrFold<arith::MulIOp>(block, arith::ConstantIndexOp::create(b, bytes).getResult());
}

GroupAt groupAt(ImplicitLocOpBuilder &b, Type element, Value bytes, Value row, Value k) {
  auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
  Value within = b.createOrFold<arith::RemUIOp>(k, index(storageOf(element)->elements));
  Value group = b.createOrFold<arith::DivUIOp>(within, index(BlockReader::group));
  const storage::Storage *packed = rowsTogether(element) > 1 ? storageOf(element) : nullptr;
  return {b, bytes, row, blockOf(b, element, k), group, packed};
}

Value readGroup(ImplicitLocOpBuilder &b, Type element, Value bytes, Value row, Value k) {
  const BlockReader &reader = readerOf(element);
  GroupAt at = groupAt(b, element, bytes, row, k);
  auto [quants, scales, minimum] = reader.read(at);
  auto spread = [&](Value scale) {
    return at.spreadFloat(scale, BlockReader::group / int64_t(scales.size()));
  };
  Value factors = spread(scales[0]);
  if (scales.size() == 2)
    factors = at.join(factors, spread(scales[1]));
  Value values = at.toFloat(quants, /*isSigned=*/reader.range().least < 0);
  values = arith::MulFOp::create(b, factors, values);
  if (!minimum)
    return values;
  return arith::SubFOp::create(b, values, at.spreadFloat(minimum, BlockReader::group));
}

Value GroupAt::index(int64_t value) const { return arith::ConstantIndexOp::create(b, value); }

Value GroupAt::add(Value x, Value y) const { return b.createOrFold<arith::AddIOp>(x, y); }

SmallVector<Value> GroupAt::place(Value offset) const {
  Value at = add(block, offset);
  return row ? SmallVector<Value>{row, at} : SmallVector<Value>{at};
}

Value GroupAt::bytesAt(Value at, int64_t count) const {
  auto type = VectorType::get({count}, b.getI8Type());
  return vector::LoadOp::create(b, type, bytes, place(at));
}

Value GroupAt::byte(Value offset) const {
  if (!packed)
    return memref::LoadOp::create(b, bytes, place(offset));
  return fieldsFrom(*getConstantIntValue(offset), 1);
}

Value GroupAt::bytesFrom(Value offset, int64_t count) const {
  if (!packed)
    return bytesAt(offset, count);
  storage::Piece piece = storage::pieceOf(*packed, *getConstantIntValue(offset));
  assert(piece.first == *getConstantIntValue(offset) && "words begin elsewhere");
  return bytesAt(index(piece.before * rows), count * rows);
}

Value GroupAt::fieldsFrom(int64_t offset, int64_t count) const {
  if (!packed)
    return bytesAt(index(offset), count);
  SmallVector<int64_t> lanes;
  auto [first, size, before] = storage::pieceOf(*packed, offset);
  for (int64_t at = offset - first; at < offset - first + count; ++at)
    for (int64_t row = 0; row < rows; ++row)
      lanes.push_back(at / size * size * rows + row * size + at % size);
  int64_t whole = int64_t(llvm::alignTo(offset - first + count, size));
  return gather(bytesAt(index(before * rows), whole * rows), lanes);
}

Value GroupAt::f16(int64_t offset) const {
  if (packed) {
    auto [first, size, before] = storage::pieceOf(*packed, offset);
    int64_t halves = size / 2 * rows;
    Value all = vector::BitCastOp::create(b, VectorType::get({halves}, b.getF16Type()),
                                          bytesAt(index(before * rows), size * rows));
    SmallVector<int64_t> lanes;
    for (int64_t row = 0; row < rows; ++row)
      lanes.push_back(row * (size / 2) + (offset - first) / 2);
    return arith::ExtFOp::create(b, VectorType::get({rows}, b.getF32Type()), gather(all, lanes));
  }
  Value half =
      vector::BitCastOp::create(b, VectorType::get({1}, b.getF16Type()), bytesFrom(offset, 2));
  half = vector::ExtractOp::create(b, half, int64_t(0));
  return arith::ExtFOp::create(b, b.getF32Type(), half);
}

Value GroupAt::word(int64_t offset, Type type) const {
  Value word = vector::BitCastOp::create(b, VectorType::get({1}, type), bytesFrom(offset, 4));
  return vector::ExtractOp::create(b, word, int64_t(0));
}

Value GroupAt::bits(Value from, Value shift, int64_t count) const {
  Value moved = b.createOrFold<arith::ShRUIOp>(from, shift);
  return b.createOrFold<arith::AndIOp>(moved, constant(from, (1 << count) - 1));
}

Value GroupAt::spread(Value byte, Value like) const {
  return vector::BroadcastOp::create(b, like.getType(), byte);
}

Value GroupAt::toByte(Value number) const {
  return arith::IndexCastOp::create(b, b.getI8Type(), number);
}

Value concatenate(ImplicitLocOpBuilder &b, ArrayRef<Value> parts) {
  if (parts.size() == 1)
    return parts[0];
  Value low = concatenate(b, parts.take_front(parts.size() / 2)),
        high = concatenate(b, parts.drop_front(parts.size() / 2));
  int64_t lanes = cast<VectorType>(low.getType()).getNumElements();
  return vector::ShuffleOp::create(b, low, high, llvm::to_vector(llvm::seq(2 * lanes)));
}

Value GroupAt::toFloat(Value integers, bool isSigned) const {
  Type type = b.getF32Type();
  if (auto vector = dyn_cast<VectorType>(integers.getType()))
    type = vector.clone(type);
  return isSigned ? arith::SIToFPOp::create(b, type, integers).getResult()
                  : arith::UIToFPOp::create(b, type, integers).getResult();
}

Value GroupAt::join(Value low, Value high) const { return concatenate(b, {low, high}); }

Value GroupAt::lookUp(ArrayRef<int8_t> table, Value places) const {
  auto type = cast<VectorType>(places.getType());
  auto tableType = VectorType::get({int64_t(table.size())}, b.getI8Type());
  Value values = arith::ConstantOp::create(b, DenseElementsAttr::get(tableType, table));
  // Byte by byte: LLVM makes one shuffle of it where the target has one, for each register.
  SmallVector<Value> found;
  for (int64_t lane : llvm::seq(type.getNumElements())) {
    Value place = vector::ExtractOp::create(b, places, lane);
    place = arith::IndexCastUIOp::create(b, b.getIndexType(), place);
    found.push_back(vector::ExtractOp::create(b, values, OpFoldResult(place)));
  }
  return vector::FromElementsOp::create(b, type, found);
}

Value GroupAt::halves(int64_t offset) const {
  Value both = bytesFrom(offset, BlockReader::group / 2);
  return join(bits(both, 0, 4), bits(both, 4, 4));
}

Value GroupAt::spreadFloat(Value scale, int64_t lanes) const {
  return vector::BroadcastOp::create(b, VectorType::get({lanes}, b.getF32Type()), scale);
}

Value GroupAt::repeat(Value field, int64_t count) const {
  if (!packed)
    return spreadFloat(field, count);
  SmallVector<int64_t> lanes;
  for (int64_t lane = 0; lane < count * rows; ++lane)
    lanes.push_back(lane % rows);
  return gather(field, lanes);
}

} // namespace cria
